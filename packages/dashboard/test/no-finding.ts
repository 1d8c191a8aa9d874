import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

export interface Look {
  readonly width: number;
  readonly height: number;
  readonly theme: 'dark' | 'light';
}
/** Both themes at each of these sizes. */
export const looksAt = (...sizes: readonly (readonly [width: number, height: number])[]): Look[] =>
  sizes.flatMap(([width, height]) => (['dark', 'light'] as const).map((theme) => ({ width, height, theme })));

/**
 * Axe as we ask it: all frames are of one origin, so no page of its own has to bring their findings together (legacy mode); only what is
 * wrong, because telling what is right too takes as long again; and brought into a document once, not for each question.
 */
export async function axe(page: Page): Promise<AxeBuilder> {
  const isThere = await Promise.all(page.frames().map((frame) => frame.evaluate(() => 'axe' in window)));
  const builder = new AxeBuilder({ page, ...(isThere.every(Boolean) && { axeSource: ';' }) });
  return builder.setLegacyMode(true).options({ resultTypes: ['violations'] });
}

/** In each look axe finds nothing (WCAG 2.2 AA and best practice), and nothing scrolls sideways. */
export async function expectNoFinding(page: Page, looks: readonly Look[]): Promise<void> {
  for (const { width, height, theme } of looks) {
    await page.setViewportSize({ width, height });
    await page.evaluate((name) => {
      document.documentElement.dataset['theme'] = name;
    }, theme);
    const { violations } = await (
      await axe(page)
    )
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
      .analyze();
    expect(violations.map((v) => `${theme} ${width}: ${v.id}: ${v.nodes.map((node) => node.target.join(' ')).join(' | ')}`)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  }
}
