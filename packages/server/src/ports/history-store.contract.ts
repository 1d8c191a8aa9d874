import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HistoryStore, VisitRecord } from './history-store.ts';
import { DAY, HOUR, MINUTE, NOON, aVisit, ended, expectRecount, later, nextId, rows, sums } from './history-store.testkit.ts';

export interface StoreUnderTest<S> {
  readonly store: S;
  /** Closes the store and removes what it left. */
  dispose(): Promise<void>;
}

/** What every history store does, whatever it is made of. Each case has a workspace of its own in one store. */
export function historyStoreContract(name: string, makeStore: () => Promise<StoreUnderTest<HistoryStore>>): void {
  describe(`history store: ${name}`, () => {
    let made: StoreUnderTest<HistoryStore>;
    let store: HistoryStore;
    beforeAll(async () => {
      made = await makeStore();
      store = made.store;
    });
    afterAll(() => made.dispose());

    const stored = async (visit: VisitRecord): Promise<VisitRecord | undefined> => (await store.visitsById([visit.visit]))[0];
    /** Visits of a fresh workspace, saved. */
    async function saved(...visits: VisitRecord[]): Promise<{ workspace: string; visits: VisitRecord[] }> {
      const workspace = nextId('workspace');
      const mine = visits.map((v) => ({ ...v, workspace }));
      await store.saveVisits(mine);
      return { workspace, visits: mine };
    }

    describe('visits', () => {
      it('[HI1] a visit comes back as it was saved', async () => {
        const visit = aVisit({
          paths: ['/a', '/b?x=1'],
          name: 'Ágnes “A” \u{1F600}',
          identity: '{"id":"7"}',
          tabs: { tab00001: 1, tab00002: 1 },
          approximate: true,
          leftAt: NOON + 1,
          lat: -33.9,
          lon: 151.2,
          context: 'cart',
          organisation: 'Example AG',
          region: '',
        });
        const { visits } = await saved(visit);
        expect(await store.visitsById([visit.visit])).toEqual(visits);
      });

      it('[HI1] a state that is written twice, or late, changes nothing', async () => {
        const first = aVisit({ workspace: nextId('workspace'), paths: ['/a'] });
        const second = later(first, MINUTE, ['/b', '/c']);
        for (const state of [first, second, second, first]) await store.saveVisits([state]);
        await store.saveVisits([second, first]);
        expect(await stored(first)).toEqual(second);
        expect(await sums(store, first, 'total')).toEqual({ '': [1, 3, 1] });
        expect(await sums(store, first, 'page')).toEqual({ '/a': [1, 1, 0], '/b': [1, 1, 0], '/c': [1, 1, 0] });
      });

      it('[HI1] two nodes that know different tabs add up to the maximum of each', async () => {
        const workspace = nextId('workspace');
        const one = aVisit({ workspace, paths: ['/a', '/b'], tabs: { tab00001: 2 } });
        const other = { ...one, lastActivityAt: one.lastActivityAt + 5, tabs: { tab00001: 1, tab00002: 4 } };
        await store.saveVisits([one]);
        await store.saveVisits([other]);
        await store.saveVisits([{ ...one, tabs: { tab00003: 1 } }]);
        const visit = await stored(one);
        expect(visit?.tabs).toEqual({ tab00001: 2, tab00002: 4, tab00003: 1 });
        expect(visit?.lastActivityAt).toBe(other.lastActivityAt);
      });

      it('[HI1] fractions of a millisecond are rounded away', async () => {
        const { visits } = await saved(aVisit({ startedAt: NOON + 0.4, lastActivityAt: NOON + 7.6 }));
        expect(await stored(visits[0] as VisitRecord)).toMatchObject({ startedAt: NOON, lastActivityAt: NOON + 8 });
      });

      it('[HI1] a batch that is refused leaves nothing behind', async () => {
        const workspace = nextId('workspace');
        const good = aVisit({ workspace });
        const bad = { ...aVisit({ workspace }), country: null } as unknown as VisitRecord;
        await expect(store.saveVisits([good, bad])).rejects.toThrow();
        expect(await store.visitsById([good.visit, bad.visit])).toEqual([]);
        expect(await rows(store, { workspace }, 'total', 'day')).toEqual([]);
      });

      it('[HI2] an ended visit never runs again, and a late page still counts', async () => {
        const { visits } = await saved(ended(aVisit({ paths: ['/a'] })));
        const visit = visits[0] as VisitRecord;
        await store.saveVisits([{ ...later(visit, MINUTE, ['/b']), endedAt: null }]);
        expect(await stored(visit)).toMatchObject({ endedAt: visit.startedAt + MINUTE, pages: 2 });
        await store.saveVisits([{ ...visit, endedAt: null }]);
        expect(await stored(visit)).toMatchObject({ endedAt: visit.startedAt + MINUTE, pages: 2 });
        expect(await sums(store, visit, 'page')).toEqual({ '/a': [1, 1, 0], '/b': [1, 1, 0] });
      });

      it('[HI3] the state that knows most describes the visit; of equals, the one written last', async () => {
        const { visits } = await saved(aVisit({ paths: ['/a'] }));
        const visit = visits[0] as VisitRecord;
        const newer = { ...later(visit, MINUTE, ['/b']), context: 'cart', leftAt: 0 };
        await store.saveVisits([newer]);
        await store.saveVisits([{ ...visit, context: 'product' }]);
        expect(await stored(visit)).toMatchObject({ context: 'cart', pages: 2 });
        await store.saveVisits([{ ...newer, leftAt: NOON + HOUR }]);
        expect(await stored(visit)).toMatchObject({ context: 'cart', leftAt: NOON + HOUR });
      });

      it('[HI5] running visits come in pages by id, each once', async () => {
        const at = NOON + 4_000 * DAY;
        const running = Array.from({ length: 25 }, () => aVisit({ startedAt: at }));
        await saved(...running, ended(aVisit({ startedAt: at })), aVisit({ startedAt: at - 1 }));
        const found: string[] = [];
        for (let after = ''; ;) {
          const page = await store.recentVisits({ since: at, after, limit: 10 });
          found.push(...page.map((v) => v.visit));
          if (page.length < 10) break;
          after = page.at(-1)?.visit ?? '';
        }
        expect(found).toEqual(running.map((v) => v.visit).sort());
      });

      it('[HI6] silent visits end at their last activity, unless they are named', async () => {
        const at = NOON - 4_000 * DAY;
        const { visits } = await saved(
          aVisit({ startedAt: at, lastActivityAt: at + 1 }),
          aVisit({ startedAt: at }),
          aVisit({ startedAt: at, lastActivityAt: at + 10 }),
        );
        const [silent, kept, fresh] = visits as [VisitRecord, VisitRecord, VisitRecord];
        expect(await store.endStale({ before: at + 10, except: [kept.visit] })).toBe(1);
        expect(await stored(silent)).toMatchObject({ endedAt: at + 1 });
        expect(await stored(kept)).toMatchObject({ endedAt: null });
        expect(await stored(fresh)).toMatchObject({ endedAt: null });
        expect(await store.endStale({ before: at + 10, except: [kept.visit] })).toBe(0);
      });

      it('[HI7] past visits of a visitor come newest first', async () => {
        const visitor = nextId('visitor');
        const { workspace, visits } = await saved(
          aVisit({ visitor, startedAt: NOON - DAY }),
          aVisit({ visitor, startedAt: NOON }),
          aVisit({ visitor, startedAt: NOON - 2 * DAY }),
          aVisit(),
        );
        expect(await store.visitsOf({ workspace, visitor, limit: 2 })).toEqual([visits[1], visits[0]]);
        expect(await store.visitsOf({ workspace: nextId('workspace'), visitor, limit: 2 })).toEqual([]);
      });

      it('[HI7] a free range counts each visitor once, by when visits started', async () => {
        const visitor = nextId('visitor');
        const { workspace } = await saved(
          aVisit({ visitor }),
          aVisit({ visitor, startedAt: NOON + 5 }),
          aVisit({ visitor, site: 'other', startedAt: NOON + 6 }),
          aVisit({ startedAt: NOON + 9 }),
          aVisit({ startedAt: NOON + 10 }),
          aVisit({ filtered: 'bot' }),
        );
        expect(await store.distinct({ workspace, from: NOON, to: NOON + 10 })).toEqual({ visits: 4, visitors: 2 });
        expect(await store.distinct({ workspace, site: 'other', from: NOON, to: NOON + 10 })).toEqual({ visits: 1, visitors: 1 });
      });
    });

    describe('what is left out', () => {
      const QUARTER = 15 * MINUTE;
      const leave = (filtered: string, startedAt: number, site = 's') => aVisit({ filtered, startedAt, site });

      it('[HI29] reasons are counted since a quarter-hour, most visits first, with when the newest began', async () => {
        const { workspace } = await saved(
          leave('Bot: Googlebot', NOON),
          leave('Bot: googleBot', NOON + 2 * QUARTER),
          leave('Bot: Googlebot', NOON + QUARTER, 'other'),
          leave('Own team', NOON + 1),
          leave('Headless browser', NOON + QUARTER, 'other'),
          leave('Headless browser', NOON - 1),
          aVisit({ startedAt: NOON + 5 }),
        );
        const q = { workspace, since: NOON, limit: 9 };
        const found = (await store.leftOutReasons(q)).map(({ reason, ...rest }) => ({ reason: reason.toLowerCase(), ...rest }));
        expect(found).toEqual([
          { reason: 'bot: googlebot', visits: 3, lastAt: NOON + 2 * QUARTER },
          { reason: 'headless browser', visits: 1, lastAt: NOON + QUARTER },
          { reason: 'own team', visits: 1, lastAt: NOON + 1 },
        ]);
        expect(await store.leftOutReasons({ ...q, limit: 1 })).toHaveLength(1);
        expect(await store.leftOutReasons({ ...q, site: 'other' })).toEqual([
          { reason: 'Bot: Googlebot', visits: 1, lastAt: NOON + QUARTER },
          { reason: 'Headless browser', visits: 1, lastAt: NOON + QUARTER },
        ]);
        expect(await store.leftOutReasons({ ...q, workspace: nextId('workspace') })).toEqual([]);
      });

      it('[HI29] a reason that went away counts no more; one whose visits are purged has no newest', async () => {
        const { workspace, visits } = await saved(leave('Own team', NOON), leave('Headless browser', NOON));
        await store.saveVisits([{ ...later(visits[0] as VisitRecord, 1), filtered: '' }]);
        expect(await store.leftOutReasons({ workspace, since: NOON, limit: 9 })).toEqual([
          { reason: 'Headless browser', visits: 1, lastAt: NOON },
        ]);
        expect(await store.leftOutVisits({ workspace, since: NOON, limit: 9 })).toEqual([visits[1]]);
        await store.purge({ workspace, before: NOON + 1, limit: 9 });
        expect(await store.leftOutReasons({ workspace, since: NOON, limit: 9 })).toEqual([
          { reason: 'Headless browser', visits: 1, lastAt: 0 },
        ]);
        expect(await store.leftOutVisits({ workspace, since: NOON, limit: 9 })).toEqual([]);
      });

      it.each([
        ['all', {}],
        ['of one site', { site: 'other' }],
        ['of one reason in any case', { reason: 'bot: GOOGLEBOT' }],
        ['of one reason and site', { reason: 'Own team', site: 's' }],
      ])('[HI30] left-out visits come newest first, in pages, each once, also those of one instant: %s', async (_, over) => {
        const reasons = ['Bot: Googlebot', 'Own team', 'Bot: googlebot', ''];
        const { workspace, visits } = await saved(
          ...Array.from({ length: 60 }, (_unused, i) =>
            leave(reasons[i % 4] as string, NOON + Math.floor(i / 7), i % 3 === 0 ? 'other' : 's'),
          ),
          leave('Own team', NOON - 1),
        );
        const { site, reason } = { site: undefined, reason: undefined, ...over } as { site?: string; reason?: string };
        const expected = visits
          .filter((v) => v.filtered !== '' && v.startedAt >= NOON)
          .filter(
            (v) => (site === undefined || v.site === site) && (reason === undefined || v.filtered.toLowerCase() === reason.toLowerCase()),
          )
          .sort((a, b) => b.startedAt - a.startedAt || (a.visit < b.visit ? 1 : -1));
        expect(expected.length).toBeGreaterThan(6);
        const found: VisitRecord[] = [];
        for (;;) {
          const last = found.at(-1);
          const before = last === undefined ? {} : { before: { startedAt: last.startedAt, visit: last.visit } };
          const page = await store.leftOutVisits({ workspace, since: NOON, limit: 4, ...over, ...before });
          found.push(...page);
          if (page.length < 4) break;
        }
        expect(found).toEqual(expected);
      });
    });

    describe('visitors', () => {
      const meet = async (workspace: string, visitor: string, visit: string, startedAt: number) =>
        (await store.meetVisitors([{ workspace, visitor, visit, startedAt }]))[0];

      it('[HI4] numbers are consecutive within a workspace, in the order asked', async () => {
        const [one, two] = [nextId('workspace'), nextId('workspace')];
        const met = await store.meetVisitors([
          { workspace: one, visitor: 'a', visit: nextId('visit'), startedAt: NOON },
          { workspace: two, visitor: 'a', visit: nextId('visit'), startedAt: NOON },
          { workspace: one, visitor: 'b', visit: nextId('visit'), startedAt: NOON },
          { workspace: one, visitor: 'a', visit: nextId('visit'), startedAt: NOON + 1 },
        ]);
        expect(met.map((f) => [f.visitor, f.number, f.visits])).toEqual([
          ['a', 1, 1],
          ['a', 1, 1],
          ['b', 2, 1],
          ['a', 1, 2],
        ]);
        expect(await meet(one, 'c', nextId('visit'), NOON)).toMatchObject({ number: 3 });
      });

      it('[HI31] when visitors were last met is known within their workspace; who never was is absent', async () => {
        const workspace = nextId('workspace');
        await meet(workspace, 'a', nextId('visit'), NOON);
        await meet(workspace, 'a', nextId('visit'), NOON + DAY);
        await meet(workspace, 'a', nextId('visit'), NOON + 5);
        await meet(workspace, 'b', nextId('visit'), NOON);
        await store.saveVisits([aVisit({ workspace, visitor: 'named only', name: 'Ada' })]);
        const found = await store.lastMet({ workspace, visitors: ['a', 'nobody', 'b', 'a', 'named only'] });
        expect(found.sort((x, y) => (x.visitor < y.visitor ? -1 : 1))).toEqual([
          { visitor: 'a', number: 1, visits: 3, firstVisitAt: NOON, lastVisitAt: NOON + DAY },
          { visitor: 'b', number: 2, visits: 1, firstVisitAt: NOON, lastVisitAt: NOON },
        ]);
        expect(await store.lastMet({ workspace: nextId('workspace'), visitors: ['a'] })).toEqual([]);
        expect(await store.lastMet({ workspace, visitors: [] })).toEqual([]);
      });

      it('[HI4] a visit counts once however often it is met, and gets the same answer', async () => {
        const workspace = nextId('workspace');
        const [v1, v2] = [nextId('visit'), nextId('visit')];
        const first = await meet(workspace, 'a', v1, NOON - DAY);
        expect(first).toMatchObject({ number: 1, visits: 1, firstVisitAt: NOON - DAY, previousVisitAt: 0 });
        const second = await meet(workspace, 'a', v2, NOON);
        expect(second).toMatchObject({ number: 1, visits: 2, firstVisitAt: NOON - DAY, previousVisitAt: NOON - DAY });
        const again = await Promise.all([
          meet(workspace, 'a', v2, NOON),
          meet(workspace, 'a', v1, NOON - DAY),
          meet(workspace, 'a', v2, NOON),
        ]);
        expect(again).toEqual([second, first, second]);
      });

      it('[HI4] visitors met at once by many callers get one number each', async () => {
        const workspace = nextId('workspace');
        const batches = await Promise.all(
          Array.from({ length: 20 }, () =>
            store.meetVisitors(
              Array.from({ length: 10 }, (_, i) => ({ workspace, visitor: `v${i}`, visit: `${workspace}-${i}`, startedAt: NOON })),
            ),
          ),
        );
        expect(new Set(batches.map((b) => JSON.stringify(b)))).toHaveProperty('size', 1);
        expect(batches[0]?.map((f) => f.number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        expect(batches[0]?.every((f) => f.visits === 1)).toBe(true);
      });

      it('[HI4] a visit met late finds the one before it', async () => {
        const visitor = nextId('visitor');
        const { workspace, visits } = await saved(
          aVisit({ visitor, startedAt: NOON - 2 * DAY }),
          aVisit({ visitor, startedAt: NOON - DAY }),
          aVisit({ visitor, startedAt: NOON }),
        );
        const [a, b, c] = visits as [VisitRecord, VisitRecord, VisitRecord];
        for (const v of [a, c]) await meet(workspace, visitor, v.visit, v.startedAt);
        expect(await meet(workspace, visitor, b.visit, b.startedAt)).toMatchObject({ visits: 3, previousVisitAt: a.startedAt });
      });

      it('[HI4] a visitor brings the name it was last known by', async () => {
        const visitor = nextId('visitor');
        const { workspace } = await saved(aVisit({ visitor, name: 'Ada', identity: '{"id":"1"}' }));
        expect(await meet(workspace, visitor, nextId('visit'), NOON + DAY)).toMatchObject({
          number: 1,
          visits: 1,
          name: 'Ada',
          identity: '{"id":"1"}',
        });
        await store.saveVisits([
          aVisit({ workspace, visitor, startedAt: NOON + DAY, name: 'Ada L.' }),
          aVisit({ workspace, visitor, startedAt: NOON - DAY, name: 'A.' }),
        ]);
        expect(await meet(workspace, visitor, nextId('visit'), NOON + DAY)).toMatchObject({ visits: 2, name: 'Ada L.', identity: '' });
      });
    });

    describe('rollups', () => {
      it('[HI8] every dimension is what a recount gives', async () => {
        const visitor = nextId('visitor');
        const { workspace, visits } = await saved(
          aVisit({ visitor, paths: ['/a', '/b', '/a'] }),
          aVisit({ visitor, site: 'two', startedAt: NOON + HOUR, browser: 'Safari', os: 'iOS', device: 'phone' }),
          aVisit({ startedAt: NOON + 20 * DAY, country: '', place: '', campaign: 'spring', referrerHost: '' }),
          aVisit({ filtered: 'bot' }),
        );
        await expectRecount(store, { workspace, timeZone: 'UTC', visits });
        expect(await sums(store, { workspace }, 'total')).toEqual({ '': [3, 5, 2] });
        expect(await sums(store, { workspace, site: 'two' }, 'browser')).toEqual({ Safari: [1, 1, 1] });
        expect(await sums(store, { workspace }, 'browser')).toEqual({ Firefox: [2, 4, 2], Safari: [1, 1, 0] });
      });

      it('[HI8] what becomes known later moves from the old value to the new', async () => {
        const { workspace, visits } = await saved(aVisit({ country: '', place: '', paths: ['/a', '/b'] }));
        const known = { ...(visits[0] as VisitRecord), country: 'DE', place: 'de||berlin' };
        await store.saveVisits([known]);
        await expectRecount(store, { workspace, timeZone: 'UTC', visits: [known] });
        expect(await sums(store, { workspace }, 'country')).toEqual({ DE: [1, 2, 1] });
      });

      it('[HI8] a page that comes late into the middle of the trail moves no other', async () => {
        const { workspace, visits } = await saved(aVisit({ paths: ['/a', '/c'] }));
        const full = {
          ...aVisit({ paths: ['/a', '/b', '/c'] }),
          workspace,
          visit: visits[0]?.visit ?? '',
          visitor: visits[0]?.visitor ?? '',
        };
        await store.saveVisits([full]);
        await expectRecount(store, { workspace, timeZone: 'UTC', visits: [full] });
      });

      it('[HI8] rows come oldest first, then largest first, at most as many as asked', async () => {
        const { workspace } = await saved(
          aVisit({ browser: 'A', startedAt: NOON + DAY }),
          aVisit({ browser: 'C' }),
          aVisit({ browser: 'B' }),
          aVisit({ browser: 'B', startedAt: NOON + 1 }),
          aVisit({ browser: 'D', paths: ['/', '/'] }),
        );
        const q = { workspace, dimension: 'browser', step: 'day', from: NOON - DAY, to: NOON + 5 * DAY } as const;
        expect((await store.rollup({ ...q, limit: 100 })).map((r) => r.value)).toEqual(['B', 'D', 'C', 'A']);
        expect((await store.rollup({ ...q, limit: 2 })).map((r) => r.value)).toEqual(['B', 'D']);
        const midnight = Date.UTC(2026, 2, 11);
        expect((await store.rollup({ ...q, from: midnight, limit: 9 })).map((r) => r.from)).toEqual([midnight]);
        expect(await store.rollup({ ...q, from: midnight + 1, limit: 9 })).toEqual([]);
        expect((await store.rollup({ ...q, to: midnight, limit: 9 })).length).toBe(3);
      });

      it.each([
        ['Europe/Prague', Date.UTC(2026, 2, 29, 0, 30), 2], // 23 h day
        ['Europe/Prague', Date.UTC(2026, 9, 25, 0, 30), 1], // 25 h day
        ['America/Santiago', Date.UTC(2026, 8, 6, 3, 30), 3], // midnight does not exist
        ['Asia/Kathmandu', Date.UTC(2026, 2, 10, 18, 0), 0.25], // +5:45
        ['Australia/Lord_Howe', Date.UTC(2026, 3, 4, 14, 0), 0.5], // half an hour of summer time
        ['Pacific/Kiritimati', Date.UTC(2026, 11, 31, 9, 0), 1], // +14
      ])('[HI9] days of %s begin where the local date changes', async (timeZone, around, stepHours) => {
        const workspace = nextId('workspace');
        await store.setZone({ workspace, timeZone });
        const visits = Array.from({ length: 60 }, (_, i) =>
          aVisit({ workspace, visitor: `v${i % 7}`, startedAt: around + (i - 30) * stepHours * HOUR }),
        );
        await store.saveVisits(visits);
        await expectRecount(store, { workspace, timeZone, visits });
      });

      it('[HI10] a visitor counts once per period, on each site and in the workspace', async () => {
        const visitor = nextId('visitor');
        const { workspace } = await saved(
          aVisit({ visitor }),
          aVisit({ visitor, startedAt: NOON + HOUR }),
          aVisit({ visitor, site: 'two', startedAt: NOON + 2 * HOUR }),
          aVisit({ visitor, startedAt: NOON + DAY }),
          aVisit({ visitor, startedAt: NOON + 9 * DAY }),
        );
        const visitors = async (scope: { site?: string }, step: 'day' | 'week' | 'month') =>
          (await sums(store, { workspace, ...scope }, 'total', step))['']?.[2];
        expect([await visitors({}, 'day'), await visitors({ site: 's' }, 'day'), await visitors({ site: 'two' }, 'day')]).toEqual([
          3, 3, 1,
        ]);
        expect([await visitors({}, 'week'), await visitors({ site: 's' }, 'week'), await visitors({}, 'month')]).toEqual([2, 2, 1]);
      });

      it('[HI10] an earlier visit that is stored later takes the first over', async () => {
        const visitor = nextId('visitor');
        const { workspace, visits } = await saved(aVisit({ visitor, browser: 'Late', startedAt: NOON + HOUR }));
        const early = aVisit({ workspace, visitor, browser: 'Early', site: 'two' });
        await store.saveVisits([early]);
        await expectRecount(store, { workspace, timeZone: 'UTC', visits: [...visits, early] });
        expect(await sums(store, { workspace }, 'browser')).toMatchObject({ Early: [1, 1, 1], Late: [1, 1, 0] });
      });

      it('[HI10] a visitor whose earlier visits are purged is not new again', async () => {
        const visitor = nextId('visitor');
        const { workspace } = await saved(aVisit({ visitor, startedAt: NOON }));
        expect(await store.purge({ workspace, before: NOON + HOUR, limit: 10 })).toBe(1);
        await store.saveVisits([
          aVisit({ workspace, visitor, startedAt: NOON + 2 * HOUR }),
          aVisit({ workspace, visitor, startedAt: NOON + DAY }),
        ]);
        expect(await sums(store, { workspace }, 'total', 'day')).toEqual({ '': [3, 3, 2] });
        expect(await sums(store, { workspace }, 'total', 'month')).toEqual({ '': [3, 3, 1] });
      });

      it('[HI11] a filtered visit counts under its reason alone', async () => {
        const { workspace } = await saved(aVisit({ filtered: 'bot', paths: ['/a', '/b'] }), aVisit());
        expect(await sums(store, { workspace }, 'filtered')).toEqual({ bot: [1, 2, 0] });
        expect(await sums(store, { workspace }, 'filtered', 'quarter')).toEqual({ bot: [1, 2, 0] });
        expect(await sums(store, { workspace }, 'total')).toEqual({ '': [1, 1, 1] });
        expect(await sums(store, { workspace }, 'page')).toEqual({ '/': [1, 1, 0] });
      });

      it('[HI11] a visit that becomes filtered leaves its first to the next one, and takes it back', async () => {
        const visitor = nextId('visitor');
        const { workspace, visits } = await saved(
          aVisit({ visitor, browser: 'A' }),
          aVisit({ visitor, browser: 'B', startedAt: NOON + HOUR }),
          aVisit({ visitor, browser: 'C', startedAt: NOON + 2 * HOUR }),
        );
        const [a, b, c] = visits as [VisitRecord, VisitRecord, VisitRecord];
        const out = { ...a, filtered: 'own_team' };
        await store.saveVisits([out]);
        await expectRecount(store, { workspace, timeZone: 'UTC', visits: [out, b, c] });
        await store.saveVisits([a]);
        await expectRecount(store, { workspace, timeZone: 'UTC', visits: [a, b, c] });
        await store.saveVisits([out, { ...b, filtered: 'own_team' }, { ...c, filtered: 'own_team' }]);
        const next = aVisit({ workspace, visitor, startedAt: NOON + 3 * HOUR });
        await store.saveVisits([next]);
        expect(await sums(store, { workspace }, 'total')).toEqual({ '': [1, 1, 1] });
      });

      it('[HI12] paths count without host and query, hash routes with their route', async () => {
        const { workspace } = await saved(aVisit({ paths: ['/a?utm_source=x', '/a', '/#/cart?step=2', '/#top', '', '/a#!/b'] }));
        expect(await sums(store, { workspace }, 'page')).toEqual({
          '/a': [1, 2, 0],
          '/#/cart': [1, 1, 0],
          '/': [1, 2, 0],
          '/a#!/b': [1, 1, 0],
        });
      });

      it('[HI12] views beyond the stored trail stay counted', async () => {
        let visit = aVisit({ workspace: nextId('workspace'), paths: ['/start'] });
        await store.saveVisits([visit]);
        for (let i = 0; i < 4; i++) {
          visit = later(
            visit,
            MINUTE,
            Array.from({ length: 20 }, () => `/p${i}`),
          );
          await store.saveVisits([visit]);
        }
        expect((await stored(visit))?.trail).toHaveLength(50);
        expect(await sums(store, visit, 'page')).toEqual({
          '/start': [1, 1, 0],
          '/p0': [1, 20, 0],
          '/p1': [1, 20, 0],
          '/p2': [1, 20, 0],
          '/p3': [1, 20, 0],
        });
        await store.saveVisits([{ ...visit, lastActivityAt: visit.lastActivityAt + 1, pages: visit.pages + 60 }]);
        expect((await sums(store, visit, 'total'))['']).toEqual([1, 141, 1]);
        const pages = Object.values(await sums(store, visit, 'page')).reduce((sum, [, views]) => sum + views, 0);
        expect(pages).toBe(141);
      });

      it('[HI13] the smallest values of a crowded day come together, and no sum changes', async () => {
        const workspace = nextId('workspace');
        const big = Array.from({ length: 30 }, () => aVisit({ workspace, paths: ['/big', '/big'], place: 'big' }));
        const small = Array.from({ length: 2_600 }, (_, i) => aVisit({ workspace, paths: [`/p${i}`], place: `city ${i}` }));
        await store.saveVisits(big);
        for (let i = 0; i < small.length; i += 100) await store.saveVisits(small.slice(i, i + 100));
        for (const dimension of ['page', 'city'] as const) {
          const found = await sums(store, { workspace }, dimension);
          expect(Object.keys(found).length).toBeLessThanOrEqual(1_400);
          expect(found[dimension === 'page' ? '/big' : 'big']).toEqual(dimension === 'page' ? [30, 60, 0] : [30, 60, 30]);
          expect(found['(other)']?.[1]).toBeGreaterThan(1_000);
          expect(Object.values(found).reduce((sum, [, pages]) => sum + pages, 0)).toBe(2_660);
          expect(Object.values(found).reduce((sum, [visits]) => sum + visits, 0)).toBe(2_630);
        }
        // What was put together can still be corrected: it comes off the rest.
        await store.saveVisits(small.map((v) => ({ ...v, filtered: 'bot' })));
        expect(await sums(store, { workspace }, 'total')).toEqual({ '': [30, 60, 30] });
        expect(await sums(store, { workspace }, 'page')).toEqual({ '/big': [30, 60, 0] });
        expect(await sums(store, { workspace }, 'city')).toEqual({ big: [30, 60, 30] });
      });

      it('[HI14] a change of zone moves days, weeks and months, and nothing is lost on the way', async () => {
        const workspace = nextId('workspace');
        const visits = Array.from({ length: 400 }, (_, i) =>
          aVisit({
            workspace,
            visitor: `v${i % 90}`,
            site: i % 3 ? 's' : 'two',
            startedAt: NOON + i * 3 * HOUR,
            paths: i % 2 ? ['/a', '/b'] : ['/c'],
            filtered: i % 17 ? '' : 'bot',
          }),
        );
        await store.saveVisits(visits.slice(0, 300));
        const moving = store.setZone({ workspace, timeZone: 'Pacific/Auckland' });
        for (let i = 300; i < 400; i += 10) await store.saveVisits(visits.slice(i, i + 10));
        await moving;
        await expectRecount(store, { workspace, timeZone: 'Pacific/Auckland', visits });
        await Promise.all([
          store.setZone({ workspace, timeZone: 'America/Los_Angeles' }),
          store.setZone({ workspace, timeZone: 'Asia/Kolkata' }),
        ]);
        await expectRecount(store, { workspace, timeZone: 'Asia/Kolkata', visits });
      });

      it('[HI14] a zone that does not exist is refused', async () => {
        await expect(store.setZone({ workspace: nextId('workspace'), timeZone: 'Mars/Olympus' })).rejects.toThrow(/Mars/);
      });
    });

    describe('keeping', () => {
      it('[HI15] a purge deletes the oldest visits, at most as many as asked, and leaves the rollups', async () => {
        const { workspace, visits } = await saved(
          aVisit({ startedAt: NOON }),
          aVisit({ startedAt: NOON - DAY }),
          aVisit({ startedAt: NOON + DAY }),
          aVisit({ startedAt: NOON - 2 * DAY }),
        );
        const other = await saved(aVisit({ startedAt: NOON - 9 * DAY }));
        await store.sampleOnline([
          { workspace, site: 's', at: NOON - 1, online: 3 },
          { workspace, site: 's', at: NOON + DAY, online: 4 },
        ]);
        const q = { workspace, before: NOON + 1, limit: 2 };
        expect([await store.purge(q), await store.purge(q), await store.purge(q)]).toEqual([2, 1, 0]);
        expect(await store.visitsById(visits.map((v) => v.visit))).toEqual([visits[2]]);
        expect(await sums(store, { workspace }, 'total')).toEqual({ '': [4, 4, 4] });
        expect(await store.visitsById(other.visits.map((v) => v.visit))).toHaveLength(1);
        expect(await store.onlineSamples({ workspace, from: 0, to: NOON + 9 * DAY, limit: 9 })).toEqual([
          { workspace, site: '', at: NOON + DAY, online: 4 },
        ]);
      });

      it('[HI15] a purged visitor keeps the number and loses the name; a late state is not counted again', async () => {
        const workspace = nextId('workspace');
        const visit = aVisit({ workspace, name: 'Ada', identity: '{}' });
        await store.meetVisitors([visit]);
        await store.saveVisits([visit]);
        await store.purge({ workspace, before: NOON + 1, limit: 10 });
        await store.saveVisits([later(visit, MINUTE, ['/late'])]);
        expect(await store.visitsById([visit.visit])).toEqual([]);
        expect(await sums(store, { workspace }, 'total')).toEqual({ '': [1, 1, 1] });
        const [facts] = await store.meetVisitors([{ workspace, visitor: visit.visitor, visit: nextId('visit'), startedAt: NOON + DAY }]);
        expect(facts).toMatchObject({ number: 1, visits: 2, firstVisitAt: NOON, name: '', identity: '' });
      });

      it('[HI16] online counts are kept per site and minute, and add up over sites', async () => {
        const workspace = nextId('workspace');
        const samples = [
          { workspace, site: 'a', at: NOON, online: 5 },
          { workspace, site: 'b', at: NOON, online: 2 },
          { workspace, site: 'a', at: NOON + MINUTE, online: 6 },
        ];
        await store.sampleOnline(samples);
        await store.sampleOnline(samples);
        const q = { workspace, from: NOON, to: NOON + HOUR, limit: 10 };
        expect(await store.onlineSamples({ ...q, site: 'a' })).toEqual([samples[0], samples[2]]);
        expect(await store.onlineSamples(q)).toEqual([
          { workspace, site: '', at: NOON, online: 7 },
          { workspace, site: '', at: NOON + MINUTE, online: 6 },
        ]);
        expect(await store.onlineSamples({ ...q, from: NOON + 1, limit: 1 })).toHaveLength(1);
        expect(await store.onlineSamples({ ...q, to: NOON })).toEqual([]);
      });
    });
  });
}
