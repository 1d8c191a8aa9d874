import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/**
 * Nothing that axe knows of, Shadow DOM included, and nothing that scrolls sideways. Goes on after a failure, so that one run tells all.
 * `within`: of somebody else's page, only this part of it.
 */
export async function expectAccessible(page: Page, where: string, within?: string): Promise<void> {
  // What is asked for anew stands there paler until it comes; half faded in, nothing has its colours yet.
  await page.waitForFunction(() => document.querySelector('html[data-stale], [data-pending]') === null);
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
        .map(({ finished }) => finished),
    ).then(() => undefined),
  );
  // All frames are of one origin, so axe needs no page of its own (legacy mode); it is brought into a document once, and asked only for
  // what is wrong: telling what is right too takes as long again.
  const isThere = await Promise.all(page.frames().map((frame) => frame.evaluate(() => 'axe' in window)));
  const axe = new AxeBuilder({ page, ...(isThere.every(Boolean) && { axeSource: ';' }) })
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'] });
  const { violations } = await (within === undefined ? axe : axe.include(within)).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
  expect.soft(found, where).toEqual([]);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect.soft(over, `${where} scrolls sideways`).toBe(0);
}
