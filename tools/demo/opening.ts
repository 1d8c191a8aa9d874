import type { Foyer } from '@foyer/server';
import { Concurrency } from './concurrency.ts';

const MINUTE_MS = 60_000;
/** The simulated visitors who are there when the demo opens say since when; the first of them since this. */
const REACH_BACK_MS = 45 * MINUTE_MS;
const PAGE = 5_000;

/**
 * Says how many were there at once in the minutes into which visits of the present reach back: once everybody has come in, counted from what
 * is stored of all of them. A sample that is there already is raised, never lowered. Cost: half a second of the store's at 2,000 visitors.
 */
export async function sampleOpening(q: {
  readonly archive: { readonly history: Pick<Foyer['archive']['history'], 'replay' | 'sampleOnline'> };
  readonly workspace: string;
  readonly sites: readonly string[];
  readonly openedAt: number;
  readonly now: number;
  /** Visits read at once. */
  readonly page?: number;
}): Promise<void> {
  const { archive, workspace, sites, now, page = PAGE } = q;
  const from = q.openedAt - REACH_BACK_MS;
  const there = new Concurrency({ sites, from, to: now, stepMs: MINUTE_MS });
  for (const site of sites)
    for (let after: { startedAt: number; visit: string } | undefined, more = true; more;) {
      const found = await archive.history.replay({ workspace, site, from, to: now, limit: page, ...(after && { after }) });
      for (const { startedAt, leftAt } of found) there.add({ site, startedAt, leftAt });
      after = found.at(-1);
      more = found.length === page;
    }
  await archive.history.sampleOnline(Array.from(there.samples(), (one) => ({ workspace, ...one })));
}
