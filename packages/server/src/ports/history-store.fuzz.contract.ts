import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { StoreUnderTest } from './history-store.contract.ts';
import type { HistoryStore, VisitRecord } from './history-store.ts';
import { HOUR, MINUTE, NOON, aVisit, ended, expectRecount, later, nextId } from './history-store.testkit.ts';

interface Plan {
  readonly visitor: number;
  readonly site: number;
  readonly startHour: number;
  readonly browser: number;
  /** Paths of each later state. */
  readonly steps: readonly (readonly number[])[];
  readonly filteredFrom: number;
  readonly filteredUntil: number;
  readonly placeFrom: number;
  readonly ends: boolean;
  /** Before which of the steps a goal is reached, with what value. */
  readonly goals: readonly { readonly step: number; readonly goal: number; readonly value: number }[];
}
const ZONES = ['UTC', 'Europe/Prague', 'America/St_Johns', 'Pacific/Apia', 'America/Santiago'] as const;

const plan: fc.Arbitrary<Plan> = fc.record({
  visitor: fc.nat(2),
  site: fc.nat(1),
  startHour: fc.oneof(fc.integer({ min: -40 * 24, max: 40 * 24 }), fc.integer({ min: -30, max: 30 })),
  browser: fc.nat(2),
  steps: fc.array(fc.array(fc.nat(5), { maxLength: 4 }), { maxLength: 4, size: 'max' }),
  filteredFrom: fc.nat(3),
  filteredUntil: fc.nat(5),
  placeFrom: fc.nat(3),
  ends: fc.boolean(),
  goals: fc.array(fc.record({ step: fc.nat(3), goal: fc.nat(1), value: fc.nat(2) }), { maxLength: 3 }),
});
/** Writes: which visit, which of its states; a cut between batches, or a change of zone. */
const write = fc.oneof(
  { weight: 12, arbitrary: fc.record({ visit: fc.nat(11), state: fc.nat(4) }) },
  { weight: 3, arbitrary: fc.constant('cut' as const) },
  { weight: 1, arbitrary: fc.record({ zone: fc.constantFrom(...ZONES) }) },
);

/** Random histories, written in any order and more than once, come to what a recount gives. */
export function historyStoreFuzz(name: string, makeStore: () => Promise<StoreUnderTest<HistoryStore>>, runs: number): void {
  const numRuns = Number(process.env['FOYER_FUZZ_SEEDS'] ?? runs);
  describe(`random histories: ${name}`, () => {
    let made: StoreUnderTest<HistoryStore>;
    beforeAll(async () => {
      made = await makeStore();
    });
    afterAll(() => made.dispose());

    it('[HI8] rollups are the recount of what is stored, whatever was written in whatever order', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(plan, { minLength: 1, maxLength: 12, size: 'max' }),
          fc.array(write, { maxLength: 80, size: 'max' }),
          async (plans, writes) => {
            const { store } = made;
            const workspace = nextId('workspace');
            const visits = plans.map((p) => statesOf(p, workspace));
            let timeZone: string = 'UTC';
            let batch: VisitRecord[] = [];
            const moves: Promise<void>[] = [];
            for (const w of writes) {
              if (w === 'cut') {
                await store.saveVisits(batch);
                batch = [];
              } else if ('zone' in w) {
                timeZone = w.zone;
                moves.push(store.setZone({ workspace, timeZone }));
              } else {
                const states = visits[w.visit % visits.length] ?? [];
                batch.push(states[w.state % states.length] as VisitRecord);
              }
            }
            await store.saveVisits(batch);
            await Promise.all(moves);
            const stored = await store.visitsById(visits.map((states) => states[0]?.visit ?? ''));
            await expectRecount(store, { workspace, timeZone, visits: stored });
          },
        ),
        { numRuns },
      );
    });

    it('[HI1] a visit ends up in its last state, in whatever order and however often its states are written', async () => {
      await fc.assert(
        fc.asyncProperty(plan, fc.array(fc.nat(4), { maxLength: 12 }), async (p, order) => {
          const { store } = made;
          const states = statesOf(p, nextId('workspace'));
          const last = states.at(-1) as VisitRecord;
          for (const i of order) await store.saveVisits([states[i % states.length] as VisitRecord]);
          await store.saveVisits(order.length % 2 ? [last] : [last, ...states]);
          const [stored] = await store.visitsById([last.visit]);
          if (JSON.stringify(stored) !== JSON.stringify(last)) throw new Error(`${JSON.stringify(stored)} is not ${JSON.stringify(last)}`);
        }),
        { numRuns },
      );
    });
  });
}

/** The states a visit goes through, each knowing more than the one before. */
function statesOf(p: Plan, workspace: string): VisitRecord[] {
  const describeAt = (visit: VisitRecord, i: number): VisitRecord => ({
    ...visit,
    filtered: i >= p.filteredFrom && i < p.filteredUntil ? 'own_team' : '',
    ...(i >= p.placeFrom ? { country: 'DE', place: 'de||berlin', lang: 'de' } : { country: '', place: '', lang: '' }),
    goals: p.goals
      .filter(({ step }) => step <= i)
      .map(({ step, goal, value }) => ({
        goal: `goal ${goal}`,
        at: visit.startedAt + step,
        value: value * 19.99,
        currency: value > 0 ? 'EUR' : '',
      }))
      .sort((a, b) => a.at - b.at || (a.goal < b.goal ? -1 : 1))
      .filter((g, n, all) => all.findIndex((o) => o.at === g.at && o.goal === g.goal) === n),
  });
  let visit = aVisit({
    workspace,
    visitor: `v${p.visitor}`,
    site: `s${p.site}`,
    startedAt: NOON + p.startHour * HOUR,
    browser: `B${p.browser}`,
    paths: [`/${p.browser}`],
  });
  const states = [describeAt(visit, 0)];
  for (const [i, paths] of p.steps.entries()) {
    visit = later(
      visit,
      MINUTE,
      paths.map((n) => `/${n}`),
    );
    states.push(describeAt(visit, i + 1));
  }
  const last = states.at(-1) as VisitRecord;
  // Strictly newer, or a late earlier state with the same counters could describe it.
  if (p.ends) states.push(ended({ ...last, lastActivityAt: last.lastActivityAt + 1 }));
  return states;
}
