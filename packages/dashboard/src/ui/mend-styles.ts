/**
 * Styles of late parts that did not arrive. Vite asks for each once: a second import of the part goes on without its style, as if it
 * were there. So whoever imports again mends the styles first.
 */
const missing = new Map<string, HTMLLinkElement>();

window.addEventListener(
  'error',
  ({ target }) => {
    if (target instanceof HTMLLinkElement && target.rel === 'stylesheet') missing.set(target.href, target);
  },
  { capture: true },
);

/** Asks again for every style that failed. Rejects while one of them still does. Cost: nothing when none did. */
export async function mendStyles(): Promise<void> {
  await Promise.all([...missing].map(([href, broken]) => mend(href, broken)));
}

const mend = (href: string, broken: HTMLLinkElement): Promise<void> =>
  new Promise((resolve, reject) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.crossOrigin = broken.crossOrigin;
    link.href = href;
    link.addEventListener('load', () => {
      missing.delete(href);
      resolve();
    });
    link.addEventListener('error', () => reject(new Error(`Style not loaded: ${href}`)));
    broken.replaceWith(link);
    missing.set(href, link);
  });
