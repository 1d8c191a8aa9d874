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
  await Promise.all([...missing].map(([href, broken]) => coming.get(href) ?? mend(href, broken)));
}

/** Two parts may wait for one style: a link that is replaced while it loads would tell the first of them nothing, ever. */
const coming = new Map<string, Promise<void>>();

function mend(href: string, broken: HTMLLinkElement): Promise<void> {
  const mended = new Promise<void>((resolve, reject) => {
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
  }).finally(() => coming.delete(href));
  coming.set(href, mended);
  return mended;
}
