import { maskAddress } from '@foyer/domain/privacy';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FakeClock } from '../adapters/fake-clock.ts';
import { memoryHistory } from '../adapters/store-memory/index.ts';
import { freshStores } from '../adapters/store-sqlite/sqlite.testkit.ts';
import { DAY, HOUR, NOON, nextId } from '../ports/history-store.testkit.ts';
import type { HistoryStore, RequestQuery, RequestRecord } from '../ports/history-store.ts';
import { RequestLog, type RequestLogDeps, type SeenRequest, statusOf } from './request-log.ts';

const aRequest = (given: Partial<RequestRecord> & { workspace: string }): RequestRecord => ({
  ...{
    at: NOON,
    source: 'widget',
    endpoint: 'chat.say',
    method: 'FRAME',
    status: 200,
    latencyMs: 3,
    ip: '203.0.113.0',
    country: 'DE',
    city: 'Berlin',
  },
  ...{ browser: 'Firefox', error: '' },
  ...given,
});
const seen = (given: Partial<SeenRequest> = {}): SeenRequest => ({
  ...{ workspace: 'w', source: 'widget', endpoint: 'chat.say', method: 'FRAME', status: 200, latencyMs: 2.6, address: '203.0.113.7' },
  ...{ userAgent: 'Mozilla/5.0 Firefox', error: '' },
  ...given,
});

let made: Awaited<ReturnType<typeof freshStores>>;
beforeAll(async () => {
  made = await freshStores();
});
afterAll(() => made.dispose());

describe.each([
  ['memory', (): HistoryStore => memoryHistory()],
  ['sqlite', (): HistoryStore => made.history],
])('request log: %s', (_, storeOf) => {
  it('[RQ1] requests are read newest first, page by page both ways, by address, endpoint, source, status and time', async () => {
    const store = storeOf();
    const workspace = nextId('workspace');
    await store.logRequests([
      ...Array.from({ length: 30 }, (__, i) =>
        aRequest({
          workspace,
          at: NOON + Math.floor(i / 3) * HOUR,
          endpoint: i % 2 ? 'chat.say' : '/api/v1/team',
          source: i % 2 ? 'widget' : 'console',
          status: i % 5 ? 200 : 404,
          ip: i % 4 ? '203.0.113.0' : '198.51.100.0',
        }),
      ),
      aRequest({ workspace: nextId('other') }),
    ]);
    const read = async (q: Partial<RequestQuery>): Promise<number[]> =>
      (await store.requests({ workspace, limit: 100, ...q })).rows.map((r) => r.at);
    expect(await read({})).toHaveLength(30);
    expect(await read({ endpoint: 'chat.say', source: 'widget' })).toHaveLength(15);
    expect(await read({ status: 4 })).toHaveLength(6);
    expect(await read({ ip: '198.51.' })).toHaveLength(8);
    expect(await read({ from: NOON + HOUR, to: NOON + 3 * HOUR })).toHaveLength(6);
    const ids: string[] = [];
    let page = await store.requests({ workspace, limit: 7 });
    for (;;) {
      ids.push(...page.rows.map((r) => r.id));
      if (page.next === null) break;
      page = await store.requests({ workspace, limit: 7, after: page.next });
    }
    expect(new Set(ids).size).toBe(30);
    const back = await store.requests({ workspace, limit: 7, before: page.previous! });
    expect(back.rows.map((r) => r.id)).toEqual(ids.slice(21, 28));
  });

  it('[RL13] requests are read of one country, or of those whose country is unknown', async () => {
    const store = storeOf();
    const workspace = nextId('workspace');
    await store.logRequests(['DE', '', 'AT', 'DE'].map((country, i) => aRequest({ workspace, country, at: NOON + i })));
    const read = async (country: string): Promise<string[]> =>
      (await store.requests({ workspace, limit: 100, country })).rows.map((r) => r.country);
    expect(await read('DE')).toEqual(['DE', 'DE']);
    expect(await read('')).toEqual(['']);
    expect(await read('FR')).toEqual([]);
  });

  it('[RQ2] endpoints and countries with the most requests, by whole hours', async () => {
    const store = storeOf();
    const workspace = nextId('workspace');
    await store.logRequests([
      aRequest({ workspace }),
      aRequest({ workspace, status: 503, latencyMs: 7, country: 'FR' }),
      aRequest({ workspace, endpoint: 'chat.mail', at: NOON + 2 * HOUR }),
    ]);
    const q = { workspace, from: NOON, to: NOON + HOUR, limit: 5 };
    expect(await store.requestTops({ ...q, by: 'endpoint' })).toEqual([{ value: 'chat.say', requests: 2, errors: 1, latencyMs: 10 }]);
    expect((await store.requestTops({ ...q, by: 'country' })).map((r) => r.value)).toEqual(['DE', 'FR']);
  });

  it('[RQ9] what dashboards read is in no page and no sum but where it is asked for', async () => {
    const store = storeOf();
    const workspace = nextId('workspace');
    const reads = Array.from({ length: 60 }, (__, i) =>
      aRequest({ workspace, at: NOON + i, source: 'console_read', endpoint: '/api/v1/chat/counts', country: 'AT' }),
    );
    await store.logRequests([aRequest({ workspace }), ...reads]);
    const read = async (q: Partial<RequestQuery>): Promise<number> => (await store.requests({ workspace, limit: 100, ...q })).rows.length;
    expect([await read({}), await read({ source: 'console_read' }), await read({ reads: true })]).toEqual([1, 0, 61]);
    expect(await read({ reads: true, source: 'console_read' })).toBe(60);
    const q = { workspace, from: NOON, to: NOON + HOUR, limit: 5 };
    const tops = async (by: 'endpoint' | 'country', all: boolean): Promise<unknown[]> =>
      (await store.requestTops({ ...q, by, reads: all })).map(({ value, requests }) => [value, requests]);
    expect(await tops('endpoint', false)).toEqual([['chat.say', 1]]);
    expect(await tops('country', false)).toEqual([['DE', 1]]);
    expect(await tops('endpoint', true)).toEqual([['/api/v1/chat/counts', 60], ['chat.say', 1]]); // prettier-ignore
    expect(await tops('country', true)).toEqual([['AT', 60], ['DE', 1]]); // prettier-ignore
  });

  it('[RQ3] after 30 days a request is gone, in slices', async () => {
    const store = storeOf();
    const workspace = nextId('workspace');
    const old = Array.from({ length: 5 }, (__, i) => aRequest({ workspace, at: NOON - 31 * DAY + i }));
    await store.logRequests([...old, aRequest({ workspace })]);
    expect(await store.purgeRequests({ before: NOON - 30 * DAY, limit: 3 })).toBe(3);
    expect(await store.purgeRequests({ before: NOON - 30 * DAY, limit: 3 })).toBe(2);
    expect((await store.requests({ workspace, limit: 9 })).rows).toHaveLength(1);
  });
});

describe('writing the request log', () => {
  function aLog(store: Partial<RequestLogDeps['store']> = {}) {
    const clock = new FakeClock();
    const history = memoryHistory();
    const troubles: string[] = [];
    const log = new RequestLog({
      store: { logRequests: (batch) => history.logRequests(batch), purgeRequests: (q) => history.purgeRequests(q), ...store },
      clock,
      now: () => clock.now(),
      settings: () => ({ ipMask: 'default' }),
      lookup: () => ({ country: 'DE', city: 'Berlin' }),
      browserOf: () => 'Firefox',
      maskAddress,
      onOutage: (what) => troubles.push(what),
    });
    const rows = async () => (await history.requests({ workspace: 'w', limit: 20_000 })).rows;
    return { clock, log, rows, troubles };
  }

  it('[RQ4] a request is written within a second, its address masked, its place and browser named; who is private leaves neither', async () => {
    const { clock, log, rows } = aLog();
    log.start();
    log.note(seen());
    log.note(seen({ address: '', userAgent: '', error: 'blocked', status: 403 }));
    expect(await rows()).toEqual([]);
    clock.advance(1_000);
    await log.flush();
    expect(await rows()).toMatchObject([
      { ip: '', country: '', browser: '', error: 'blocked', status: 403 },
      { ip: '203.0.113.0', country: 'DE', city: 'Berlin', browser: 'Firefox', latencyMs: 3 },
    ]);
    await log.stop();
  });

  it('[RQ5] a storm drops the oldest beyond the bound and counts them; an outage keeps what waits', async () => {
    let isAway = true;
    const history = memoryHistory();
    const { log, troubles } = aLog({ logRequests: (batch) => (isAway ? Promise.reject(new Error('away')) : history.logRequests(batch)) });
    for (let i = 0; i < 10_001; i++) log.note(seen({ endpoint: `e${i}` }));
    expect(log.dropped).toBe(1_000);
    await log.flush();
    expect(troubles).toEqual(['write the request log']);
    isAway = false;
    await log.flush();
    const { rows } = await history.requests({ workspace: 'w', limit: 20_000 });
    expect(rows).toHaveLength(9_001);
    expect(rows.some((r) => r.endpoint === 'e999')).toBe(false);
  });

  it('[RQ5] noting a request costs less than 20 µs', () => {
    const { log } = aLog();
    const startedAt = performance.now();
    for (let i = 0; i < 9_000; i++) log.note(seen());
    expect((performance.now() - startedAt) / 9_000).toBeLessThan(0.02);
  });

  it('[RQ6] what a socket refuses has the status it would have over HTTP', () => {
    expect(['', 'rate_limited', 'not_found', 'not_owner', 'unavailable'].map(statusOf)).toEqual([200, 429, 404, 409, 503]);
  });
});
