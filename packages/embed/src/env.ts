declare global {
  interface Navigator {
    readonly globalPrivacyControl?: boolean;
  }
  interface Document {
    readonly prerendering?: boolean;
  }
}

/** The script's own tag and address: everything the tracker talks to lies under it, so the path can be any. */
const tag = document.currentScript as HTMLScriptElement;
export const base = tag.src.replace(/[?#].*/, '');
export const settings = tag.dataset;
export const site = settings.site!;

/** Monotonic ms of this document; never sent as such, only as "how long ago". */
export const now = () => performance.now();

/** Every way from the page into the tracker goes through this: the host page never sees an error of ours. */
export const safe =
  <A extends unknown[], R>(run: (...args: A) => R) =>
  (...args: A): R | undefined => {
    try {
      return run(...args);
    } catch {}
  };
