import { createRandom } from '@foyer/domain/simulate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryHistory } from '../adapters/store-memory/index.ts';
import { freshStores } from '../adapters/store-sqlite/sqlite.testkit.ts';
import { HOUR, MINUTE, NOON, aVisit, ended, later, nextId } from '../ports/history-store.testkit.ts';
import type { ConversationRecord, HistoryStore, PastPage, PastQuery, VisitRecord } from '../ports/history-store.ts';
import { csvField, csvStream } from './csv.ts';

let made: Awaited<ReturnType<typeof freshStores>>;
beforeAll(async () => {
  made = await freshStores();
});
afterAll(() => made.dispose());

const NOTHING = { messages: [], firstReplyMs: -1, firstReplyBy: '', resolvedMs: -1, resolvedBy: '', stars: 0, ratedAgent: '', botMs: -1 };
const aTalk = (given: Partial<ConversationRecord> & { workspace: string }): ConversationRecord => ({
  ...{
    conversation: nextId('conversation'),
    site: 's',
    source: 'whatsapp',
    visitor: '',
    status: 'unassigned',
    country: 'CZ',
    name: '',
    email: '',
  },
  ...{ startedAt: NOON, lastMessageAt: (given.startedAt ?? NOON) + MINUTE, chatSeq: 1, figures: { ...NOTHING, isChat: true } },
  ...given,
});
type List = 'pastVisits' | 'people';
const idOf = (row: object): string => ('visit' in row ? (row.visit as VisitRecord).visit : (row as { person: string }).person);

/** All pages from the newest on, then back again. */
async function walk(store: HistoryStore, list: List, q: Omit<PastQuery, 'limit'>, limit = 7): Promise<string[]> {
  const there: string[] = [];
  const pages: PastPage<object>[] = [];
  for (let after: string | undefined; ;) {
    const page: PastPage<object> = await store[list]({ ...q, limit, ...(after === undefined ? {} : { after }) });
    pages.push(page);
    there.push(...page.rows.map(idOf));
    if (page.next === null) break;
    after = page.next;
  }
  const back: string[] = [...(pages.at(-1)?.rows ?? []).map(idOf)];
  for (let before = pages.at(-1)?.previous ?? null; before !== null && pages.at(-1)!.rows.length > 0;) {
    const page: PastPage<object> = await store[list]({ ...q, limit, before });
    back.unshift(...page.rows.map(idOf));
    before = page.previous;
  }
  expect(back).toEqual(there);
  return there;
}

async function aHistory(stores: readonly HistoryStore[]): Promise<string> {
  const workspace = nextId('workspace');
  const random = createRandom(5);
  const visits: VisitRecord[] = [];
  for (let i = 0; i < 160; i++) {
    const visit = aVisit({
      ...{ workspace, visitor: `v${random.int(0, 60)}`, site: random.pick(['shop', 'blog']), startedAt: NOON + random.int(0, 200) * HOUR },
      ...{ country: random.pick(['DE', 'BR', 'CZ']), city: random.pick(['São Paulo', 'Köln', '']), campaign: random.pick(['', 'autumn']) },
      ...{
        source: random.pick(['Widget', 'Playground']),
        filtered: random.chance(0.1) ? 'bot' : '',
        paths: [`/${random.pick(['boots', 'tents'])}`],
      },
      goals: random.chance(0.2) ? [{ goal: 'checkout', at: NOON, value: 0, currency: '' }] : [],
    });
    visits.push(visit, later(visit, random.int(0, 9) * MINUTE, random.chance(0.5) ? ['/cart'] : []));
    if (random.chance(0.5)) visits.push(ended(visits.at(-1)!));
    // What was counted turns out to be a bot, or not to be one.
    if (random.chance(0.05)) visits.push({ ...visits.at(-1)!, filtered: 'own_team' });
  }
  const talks = Array.from({ length: 30 }, (_, i) =>
    aTalk({
      workspace,
      ...(i % 3 === 0
        ? { visitor: `v${i}`, source: 'widget', startedAt: visits.find((v) => v.visitor === `v${i}`)?.startedAt ?? NOON }
        : {}),
      email: i % 3 === 1 ? `Someone${i % 7}@mail.example` : '',
      name: i % 3 === 2 ? `Jürgen ${i}` : '',
      chatSeq: i + 1,
    }),
  );
  for (const store of stores) {
    for (let from = 0; from < visits.length; from += 50) await store.saveVisits(visits.slice(from, from + 50));
    await store.meetVisitors(visits.map(({ visitor, visit, startedAt }) => ({ workspace, visitor, visit, startedAt })));
    await store.bookConversations({ workspace, upTo: 30, conversations: talks });
  }
  return workspace;
}

const FILTERS: readonly Partial<PastQuery>[] = [
  {},
  { site: 'blog' },
  { country: 'BR', campaign: 'autumn' },
  { source: 'playground' },
  { from: NOON + 30 * HOUR, to: NOON + 90 * HOUR },
  { goal: 'checkout' },
  { withConversation: true },
  { withConversation: false, country: 'DE' },
  { website: true },
  { website: false },
  { visitor: 'v12' },
  { visitor: 'v12', from: NOON + 30 * HOUR },
  { visitor: 'nobody' },
  { text: 'sao' },
  { text: 'KOLN boo' },
  { text: 'visitor 12' },
  { text: 'brazil', campaign: 'autumn' },
  { text: 'search' },
  { text: 'nothing like it' },
  { text: '/boots' },
  { text: 'www-search' },
  { text: 'page /cart' },
];

describe('lists of the past', () => {
  it.each(['pastVisits', 'people'] as const)(
    '[HL1] pages of %s, there and back, are what reading everything gives, by every filter and search',
    async (list) => {
      const memory = memoryHistory();
      const workspace = await aHistory([memory, made.history]);
      for (const filter of FILTERS) {
        const q = { workspace, ...filter };
        const [expected, found] = [await walk(memory, list, q), await walk(made.history, list, q)];
        // A search has the order of storing: the rows are the same.
        if (filter.text === undefined) expect({ filter, found }).toEqual({ filter, found: expected });
        else expect({ filter, found: [...found].sort() }).toEqual({ filter, found: [...expected].sort() });
        if (filter.visitor === 'nobody') expect(found).toEqual([]);
        else if (filter.text === undefined || filter.text === 'sao')
          expect(found.length > 0 || (list === 'pastVisits' && filter.website === false)).toBe(true);
      }
      const all = { workspace, limit: 200 };
      if (list === 'people') expect((await made.history.people(all)).rows).toEqual((await memory.people(all)).rows);
      else expect((await made.history.pastVisits(all)).rows).toEqual((await memory.pastVisits(all)).rows);
    },
  );

  it('[HV1] one visit is found by its id, in its own workspace alone', async () => {
    const workspace = await aHistory([made.history]);
    const [row] = (await made.history.pastVisits({ workspace, limit: 1, country: 'CZ' })).rows;
    const { visit } = row!.visit;
    expect((await made.history.pastVisits({ workspace, limit: 1, visit })).rows).toEqual([row]);
    expect((await made.history.pastVisits({ workspace: 'another', limit: 1, visit })).rows).toEqual([]);
  });

  it('[HV2] a visit has the time that an AI agent had the conversations begun in it', async () => {
    const workspace = nextId('workspace');
    const stores = [memoryHistory(), made.history];
    const visit = later(aVisit({ workspace, visitor: 'b', startedAt: NOON }), 10 * MINUTE, []);
    const talk = (startedAt: number, botMs: number, chatSeq: number) =>
      aTalk({ workspace, visitor: 'b', startedAt, chatSeq, figures: { ...NOTHING, isChat: true, botMs } });
    for (const store of stores) {
      await store.saveVisits([visit]);
      const conversations = [talk(NOON + MINUTE, 40_000, 1), talk(NOON + 2 * MINUTE, 2_000, 2), talk(NOON + 3 * MINUTE, -1, 3), talk(NOON + 40 * MINUTE, 9_000, 4)]; // prettier-ignore
      await store.bookConversations({ workspace, upTo: 4, conversations });
      expect((await store.pastVisits({ workspace, limit: 5 })).rows).toMatchObject([{ conversations: 3, botMs: 42_000 }]);
    }
  });

  it('[HL2] rows that are written while one pages move nothing that was not changed', async () => {
    const workspace = await aHistory([made.history]);
    const before = await walk(made.history, 'pastVisits', { workspace });
    const first = await made.history.pastVisits({ workspace, limit: 20 });
    await made.history.saveVisits(Array.from({ length: 30 }, (_, i) => aVisit({ workspace, startedAt: NOON + (300 + i) * HOUR })));
    const rest = await made.history.pastVisits({ workspace, limit: 200, after: first.next! });
    expect([...first.rows, ...rest.rows].map(idOf)).toEqual(before);
  });

  it('[HL3] what somebody types is words, never a query: signs of the index are nothing', async () => {
    const workspace = await aHistory([made.history]);
    for (const text of [
      '"',
      "'",
      'a" OR "b',
      'text: x',
      '*',
      'NEAR(a b)',
      '-x',
      '^sao',
      'a AND',
      '(',
      '\u0000',
      '😀',
      'x'.repeat(200),
      '%',
    ])
      for (const list of ['pastVisits', 'people'] as const)
        expect((await made.history[list]({ workspace, text, limit: 5 })).rows.length).toBeLessThanOrEqual(5);
    expect((await made.history.pastVisits({ workspace, text: 'sao"*', limit: 5 })).rows.length).toBe(5);
    expect((await made.history.pastVisits({ workspace: nextId('other'), text: 'sao', limit: 5 })).rows).toEqual([]);
  });

  it('[HL10] words typed joined by / or - stand next to one another; a number at the end is that number', async () => {
    const workspace = nextId('workspace');
    const paths = [['/c/3'], ['/c/31'], ['/c', '/3'], ['/x/c/3/y'], ['/3/c'], ['/order-received/7'], ['/order', '/received'], ['/c/3a']];
    const visits = paths.map((some, i) => aVisit({ workspace, visitor: `p${i}`, startedAt: NOON + i, referrer: '', paths: some }));
    visits.push(aVisit({ workspace, visitor: 'n', startedAt: NOON + 99, name: 'Jürgen Knowles-Müller', paths: ['/knowles', '/mueller'] }));
    const cases: readonly (readonly [string, readonly string[]])[] = [
      ['/c/3', ['p0', 'p3']],
      ['/c/3/', ['p0', 'p3']],
      ['c/31', ['p1']],
      ['/c/3 page', ['p0', 'p3']],
      ['order-rec', ['p5']],
      ['order-rec x', []],
      ['/order/received/7', ['p5']],
      ['knowles-mul', ['n']],
      ['müller-knowles', []],
      ['- /', ['n', 'p0', 'p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7']],
    ];
    for (const store of [memoryHistory(), made.history]) {
      await store.saveVisits(visits);
      for (const [text, expected] of cases) {
        const seen = (await store.pastVisits({ workspace, text, limit: 50 })).rows.map(({ visit }) => visit.visitor);
        const people = (await store.people({ workspace, text, limit: 50 })).rows.map(({ person }) => person);
        expect({ text, seen: seen.sort(), people: people.sort() }).toEqual({ text, seen: expected, people: expected });
      }
    }
  });

  it('[HL11] a conversation is one of the visit it was begun in, and of later ones in which its visitor wrote', async () => {
    const workspace = nextId('workspace');
    const visits = [0, 2, 4, 6, 26].map((hours) => later(aVisit({ workspace, visitor: 'b', startedAt: NOON + hours * HOUR }), 20 * MINUTE));
    const messages = [
      [NOON, 'visitor', 2],
      [NOON + 2 * HOUR, 'agent:a', 1],
      [NOON + 4 * HOUR + 15 * MINUTE, 'visitor', 1],
    ] as const;
    const figures = { ...NOTHING, isChat: true, botMs: 5_000, messages };
    const talk = aTalk({ workspace, visitor: 'b', startedAt: NOON + MINUTE, lastMessageAt: NOON + 26 * HOUR, figures });
    for (const store of [memoryHistory(), made.history]) {
      await store.saveVisits(visits);
      await store.bookConversations({ workspace, upTo: 1, conversations: [talk] });
      const of = async (withConversation?: boolean) =>
        (await store.pastVisits({ workspace, limit: 9, withConversation })).rows.map((row) => [
          (row.visit.startedAt - NOON) / HOUR,
          row.conversations,
          row.botMs,
        ]);
      // Its visitor did not write in the others; an agent did in one of them.
      expect(await of()).toEqual([[26, 0, 0], [6, 0, 0], [4, 1, 0], [2, 0, 0], [0, 1, 5_000]]); // prettier-ignore
      expect(await of(true)).toEqual([[4, 1, 0], [0, 1, 5_000]]); // prettier-ignore
      expect((await of(false)).map(([hour]) => hour)).toEqual([26, 6, 2]);
    }
  });

  it('[HL12] of a visit that goes on it is known which it is, and what of the total time is stored of it', async () => {
    const workspace = nextId('workspace');
    const old = ended(later(aVisit({ workspace, visitor: 'b', startedAt: NOON }), 4 * MINUTE));
    const now = later(aVisit({ workspace, visitor: 'b', startedAt: NOON + HOUR }), MINUTE);
    for (const store of [memoryHistory(), made.history]) {
      const person = async () => (await store.people({ workspace, limit: 1 })).rows[0];
      await store.saveVisits([old]);
      expect(await person()).toMatchObject({ timeMs: 4 * MINUTE, running: null });
      await store.saveVisits([now]);
      expect(await person()).toMatchObject({ timeMs: 5 * MINUTE, running: { visit: now.visit, ms: MINUTE } });
      await store.saveVisits([ended(now)]);
      expect(await person()).toMatchObject({ timeMs: 5 * MINUTE, running: null });
    }
  });

  it('[HL4] somebody without a browser is one person by their address, and one of their own without', async () => {
    for (const store of [memoryHistory(), made.history]) {
      const workspace = nextId('workspace');
      const talk = aTalk({ workspace, email: 'A@x.example', conversation: 'c1' });
      const conversations = [
        talk,
        aTalk({ workspace, email: 'a@x.example', chatSeq: 2, startedAt: NOON + HOUR, lastMessageAt: NOON + 2 * HOUR }),
      ];
      await store.bookConversations({
        workspace,
        upTo: 3,
        conversations: [...conversations, aTalk({ workspace, conversation: 'c3', chatSeq: 3 })],
      });
      expect((await store.people({ workspace, limit: 9 })).rows.map((p) => [p.person, p.conversations, p.visits])).toEqual([
        ['@a@x.example', 2, 0],
        ['c3', 1, 0],
      ]);
      // The address was told later.
      await store.bookConversations({
        workspace,
        upTo: 4,
        conversations: [aTalk({ workspace, conversation: 'c3', chatSeq: 4, email: 'a@x.example' })],
      });
      expect((await store.people({ workspace, limit: 9 })).rows.map((p) => [p.person, p.conversations])).toEqual([['@a@x.example', 3]]);
    }
  });

  it('[HL5] one page reads no more than its bound, and goes on from where it stopped', async () => {
    const workspace = nextId('workspace');
    for (let i = 0; i < 12; i++)
      await made.history.saveVisits(
        Array.from({ length: 1_000 }, (_, k) =>
          aVisit({ workspace, startedAt: NOON + i * HOUR + k, country: i === 0 && k === 5 ? 'NZ' : 'DE' }),
        ),
      );
    let [after, pages]: [string | undefined, number] = [undefined, 0];
    const found: string[] = [];
    do {
      const page: PastPage<object> = await made.history.pastVisits({
        workspace,
        country: 'NZ',
        limit: 10,
        ...(after === undefined ? {} : { after }),
      });
      found.push(...page.rows.map(idOf));
      after = page.next ?? undefined;
      pages++;
    } while (after !== undefined);
    expect([found.length, pages]).toEqual([1, 3]);
  });

  it('[HL6] what is purged is found no more, and nobody who was not seen since', async () => {
    const workspace = nextId('workspace');
    await made.history.saveVisits([aVisit({ workspace, city: 'Oldtown' }), aVisit({ workspace, city: 'Newtown', startedAt: NOON + HOUR })]);
    expect((await made.history.pastVisits({ workspace, text: 'town', limit: 5 })).rows).toEqual([]);
    expect((await made.history.people({ workspace, text: 'oldt', limit: 5 })).rows).toHaveLength(1);
    await made.history.purge({ workspace, before: NOON + 1, limit: 10 });
    for (const list of ['pastVisits', 'people'] as const) {
      expect((await made.history[list]({ workspace, text: 'oldtown', limit: 5 })).rows).toEqual([]);
      expect((await made.history[list]({ workspace, limit: 5 })).rows).toHaveLength(1);
    }
  });
});

describe('csv', () => {
  it.each([
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\r\nlines', '"two\r\nlines"'],
    ['=1+1', "'=1+1"],
    ['@SUM(A1),x', '"\'@SUM(A1),x"'],
    ['-2', "'-2"],
    ['  +x', "'  +x"],
    ['\t=x', "'\t=x"],
    [-2, '-2'],
  ])('[HL7] %j is written as %s: as RFC 4180 says, and no formula', (value, written) => {
    expect(csvField(value)).toBe(written);
  });

  it('[HL8] a file is read page by page as it is taken, and no further when its reader goes', async () => {
    const asked: (string | undefined)[] = [];
    const page = async (after: string | undefined) => {
      asked.push(after);
      const n = Number(after ?? 0);
      return { rows: n === 1 ? [] : [n], next: n === 3 ? null : String(n + 1) };
    };
    const fieldsOf = (n: number): string[] => [String(n), 'é'];
    const all = await new Response(csvStream({ head: ['n', 'x'], page, fieldsOf })).arrayBuffer();
    expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(all)).toBe('\uFEFFn,x\r\n0,é\r\n2,é\r\n3,é\r\n');
    asked.length = 0;
    const reader = csvStream({ head: ['n'], page, fieldsOf }).getReader();
    await reader.read();
    await reader.read();
    await reader.cancel();
    expect(asked).toEqual([undefined]);
  });
});
