import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import type { VisitRecord } from '../../../ports/history-store.ts';
import { systemClock } from '../../system-clock.ts';
import { openSqliteStores } from '../index.ts';

/** Writes visits and sessions without end, and says which are acknowledged. Its parent kills it. */
const stores = await openSqliteStores({ dataDir: process.argv[2] ?? '', clock: systemClock, log: pino({ level: 'silent' }) });
const workspace = 'killed';
const created = { workspace, createdAt: 1, name: 'x' };
await stores.team.putSetupToken('t');
await stores.team.setUp({
  tokenHash: 't',
  workspace: {
    id: workspace,
    name: 'x',
    trackingInPlan: true,
    createdAt: 1,
    settings: {
      tracking: true,
      timeZone: 'UTC',
      excludeOwnTeam: true,
      excludedAddresses: [],
      ipMask: 'default',
      signals: 'limit',
      cookieless: false,
      keepVisitsDays: 30,
      resolvedHoldMs: 0,
    },
  },
  owner: { ...created, id: 'u', email: 'a@b.example', role: 'owner', passwordHash: '' },
  site: { ...created, id: 's', key: 'k', domain: '', origins: [], params: [], hashRouting: false, countAutomated: false, seenAt: null },
});

const say = (ids: string[]): void => void process.stdout.write(`${ids.join(' ')}\n`);
const START = Date.UTC(2026, 2, 10);
let made = 0;
function aVisit(): VisitRecord {
  const startedAt = START + ++made * 61_000;
  return {
    workspace,
    site: made % 2 ? 's' : 'two',
    visit: `visit-${randomUUID()}`,
    visitor: `v${made % 300}`,
    startedAt,
    lastActivityAt: startedAt,
    endedAt: null,
    leftAt: 0,
    pages: 1,
    trail: [{ at: startedAt, url: `https://shop.example/p${made % 50}`, title: '' }],
    tabs: { tab00001: 1 },
    country: 'DE',
    region: '',
    city: '',
    place: '',
    lat: 0,
    lon: 0,
    approximate: false,
    browser: 'B',
    browserVersion: '',
    os: '',
    osVersion: '',
    device: '',
    lang: '',
    timeZone: '',
    screen: '',
    referrer: '',
    referrerHost: '',
    campaign: '',
    ip: '',
    organisation: '',
    source: '',
    context: '',
    filtered: made % 11 ? '' : 'bot',
    name: '',
    identity: '',
    goals: [],
  };
}
async function visits(): Promise<never> {
  for (;;) {
    const batch = Array.from({ length: 100 }, aVisit);
    await stores.history.saveVisits(batch);
    say(batch.map((v) => v.visit));
    await stores.history.saveVisits(
      batch.map((v) => ({
        ...v,
        pages: 2,
        lastActivityAt: v.lastActivityAt + 1,
        endedAt: v.lastActivityAt + 1,
        trail: [...v.trail, { at: v.lastActivityAt + 1, url: 'https://shop.example/second', title: '' }],
      })),
    );
  }
}
async function sessions(): Promise<never> {
  for (;;) {
    const idHash = `session-${randomUUID()}`;
    await stores.team.putSession({ idHash, user: 'u', workspace, createdAt: 1, expiresAt: 2, addressHash: '' });
    say([idHash]);
  }
}
async function keeping(): Promise<never> {
  const most = Number.MAX_SAFE_INTEGER;
  for (;;) {
    const [filter, note] = [`filter-${randomUUID()}`, `note-${randomUUID()}`];
    const by = { workspace, createdAt: 1, createdBy: 'u' };
    await stores.team.addFilter({
      filter: { ...by, id: filter, name: 'x', filter: 'x', shared: false },
      most: { own: most, shared: most },
    });
    await stores.team.addNote({ note: { ...by, id: note, visitor: 'v', text: 'x' }, most });
    say([filter, note]);
  }
}
await Promise.all([visits(), visits(), sessions(), keeping()]);
