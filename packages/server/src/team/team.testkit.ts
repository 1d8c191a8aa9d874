/** The team's parts on a real store, in a folder of their own, on a clock that moves when told. For tests. */
import { join as joinPath } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pino } from 'pino';
import { FakeClock } from '../adapters/fake-clock.ts';
import { freshStores } from '../adapters/store-sqlite/sqlite.testkit.ts';
import { Throttle } from '../edge/throttle.ts';
import type { BlockRecord, SiteRecord, TeamStore } from '../ports/team-store.ts';
import { Directory } from './directory.ts';
import { Passwords } from './passwords.ts';
import { Sessions, type SignedIn } from './sessions.ts';
import { Setup } from './setup.ts';
import { SiteIdentities } from './site-identities.ts';
import { newSettings } from './settings.ts';
import { Team } from './team.ts';
import { freshId, newSiteKey } from './tokens.ts';

export const DAY_MS = 86_400_000;
export const PASSWORD = 'correct horse battery';
export const quiet = pino({ level: 'silent' });

/** `wrap` may stand before the store, to let it fail; `elsewhere` adds a second workspace. */
export async function aTeam(options: { wrap?: (store: TeamStore) => TeamStore; elsewhere?: boolean } = {}) {
  const stores = await freshStores();
  const store = options.wrap?.(stores.team) ?? stores.team;
  const clock = new FakeClock();
  const passwords = new Passwords();
  if (options.elsewhere) await addElsewhere(stores.dataDir, passwords);
  const directory = await Directory.open({ store, clock, log: quiet });
  const sessions = new Sessions({ store, directory, clock, passwords, throttle: new Throttle(), lifetimeMs: 30 * DAY_MS });
  const parts = { store, directory, sessions, passwords, clock };
  const people = await new SiteIdentities({
    store,
    clock,
    onRefused: (site) => directory.installMayHaveChanged(site),
    onOutage: () => {},
  }).open();
  const setup = new Setup(parts);
  const team = new Team(parts);
  return {
    ...parts,
    people,
    history: stores.history,
    chats: stores.chat,
    notices: stores.notices,
    dataDir: stores.dataDir,
    setup,
    team,
    dispose: async () => {
      sessions.close();
      await stores.dispose();
    },
  };
}
export type ATeam = Awaited<ReturnType<typeof aTeam>>;

/** Through the set-up link: workspace `Fernhill` with owner `olga@fernhill.test` and the site `shop.fernhill.test`. */
export async function setUp({ setup }: ATeam, addressHash = 'address-of-olga'): Promise<SignedIn> {
  const link = await setup.prepare();
  const done = await setup.complete({ ...SETUP, token: link?.split('#token=')[1] ?? '' }, addressHash);
  if (!done.ok) throw new Error(`set-up was refused: ${done.error}`);
  return done.value;
}
export const SETUP = {
  workspace: 'Fernhill',
  name: 'Olga',
  email: 'olga@fernhill.test',
  password: PASSWORD,
  site: { name: 'Shop', domain: 'shop.fernhill.test' },
  timeZone: 'Europe/Berlin',
} as const;

/** Through an invitation: a member of the inviting actor's workspace, signed in. */
export async function join(t: ATeam, by: SignedIn, role: 'admin' | 'agent', name: string): Promise<SignedIn> {
  const { path } = await t.team.invite(by.actor, { role });
  const done = await t.team.accept(
    { token: path.split('#token=')[1] ?? '', name, email: `${name.toLowerCase()}@fernhill.test`, password: PASSWORD },
    `address-of-${name.toLowerCase()}`,
  );
  if (!done.ok) throw new Error(`the invitation was refused: ${done.error}`);
  return done.value;
}

export const cookieOf = (signedIn: SignedIn): string => `foyer_session=${signedIn.token}`;

export function aSite(over: Partial<SiteRecord> = {}): SiteRecord {
  return {
    id: freshId(1),
    workspace: 'w',
    key: newSiteKey(),
    name: 'Site',
    domain: 'site.test',
    origins: [],
    params: [],
    hashRouting: false,
    countAutomated: false,
    createdAt: 1,
    seenAt: null,
    ...over,
  };
}

/** A second workspace in the same installation, as a hosted Foyer has: `otto@elsewhere.test` owns it, with one site and one block. */
export async function addElsewhere(dataDir: string, passwords: Passwords): Promise<void> {
  const db = new DatabaseSync(joinPath(dataDir, 'core.db'));
  db.exec('PRAGMA busy_timeout = 2000');
  const hash = await passwords.hash(PASSWORD);
  db.prepare('INSERT INTO workspace VALUES (?, ?, ?, 1, 1)').run('elsewhere', 'Elsewhere', JSON.stringify(newSettings('UTC')));
  db.prepare('INSERT INTO member VALUES (?, ?, ?, ?, ?, ?, 1)').run('otto', 'elsewhere', 'Otto', 'otto@elsewhere.test', 'owner', hash);
  db.prepare(`INSERT INTO site VALUES ('far-site', 'elsewhere', 'far-key', 'Far', 'far.test', '[]', '[]', 0, 0, 1, NULL)`).run();
  db.prepare(
    `INSERT INTO block (id, workspace, address_hash, note, created_at, created_by) VALUES ('far-block', 'elsewhere', 'hash', '', 1, 'otto')`,
  ).run();
  db.prepare(`INSERT INTO invitation VALUES ('far-invitation', 'elsewhere', 'agent', NULL, 'x', 1, 99999999999999)`).run();
  db.close();
}

/** Of an address whose hash is `bad`, for good. */
export function aBlock(over: Partial<BlockRecord> = {}): BlockRecord {
  return {
    id: 'b',
    workspace: 'w',
    kind: 'address',
    addressHash: 'bad',
    what: '',
    label: '',
    until: null,
    note: '',
    createdAt: 1,
    createdBy: 'u',
    ...over,
  };
}

/** What the audit log says, oldest first. */
export function auditOf(dataDir: string): { workspace: string; member: string; at: number; action: string; detail: string }[] {
  const db = new DatabaseSync(joinPath(dataDir, 'core.db'), { readOnly: true });
  const rows = db.prepare('SELECT workspace, member, at, action, detail FROM audit ORDER BY id').all();
  db.close();
  return rows.map((row) => ({
    workspace: String(row['workspace']),
    member: String(row['member']),
    at: Number(row['at']),
    action: String(row['action']),
    detail: String(row['detail']),
  }));
}
