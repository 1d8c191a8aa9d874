import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** What would have happened if something that was said had been taken for more than text, in a page and in the widget on it. */
export async function expectHarmless(page: Page, where: string): Promise<void> {
  const found = await page.evaluate(() => {
    const within = document.querySelector('foyer-widget')?.shadowRoot;
    const all = <E extends Element>(selector: string): E[] => [
      ...document.querySelectorAll<E>(selector),
      ...(within?.querySelectorAll<E>(selector) ?? []),
    ];
    const links = all<HTMLAnchorElement>('a[href]').filter((link) => link.origin !== location.origin);
    const root = document.documentElement;
    const sideways = all<HTMLElement>('*').filter((element) => {
      const { overflowX } = getComputedStyle(element);
      return (overflowX === 'auto' || overflowX === 'scroll') && element.scrollWidth > element.clientWidth;
    });
    return {
      hacked: 'hacked' in window,
      dangerous: links.filter((link) => !/^https?:$/.test(link.protocol)).map((link) => link.href),
      open: links
        .filter((link) => link.target !== '_blank' || !/noopener/.test(link.rel) || !/noreferrer/.test(link.rel))
        .map((link) => link.href),
      injected: [
        ...all('img[src="x"], svg[onload], [onerror]'),
        ...all('script').filter(({ textContent }) => textContent.includes('hacked')),
      ].map((element) => element.outerHTML),
      overflow: root.scrollWidth - root.clientWidth,
      sideways: sideways.map((element) => element.className),
    };
  });
  expect(found, where).toEqual({ hacked: false, dangerous: [], open: [], injected: [], overflow: 0, sideways: [] });
}
