import { type ChatState } from '@foyer/domain/chat';
import { maskFor } from '@foyer/domain';
import { formatFilter, parseFilter, resolveSites, type SiteNames, usesField } from '@foyer/domain/rules';
import type { AlertFrame, Role, Row } from '@foyer/protocol';
import { type Watched, watchKey } from '../live/alert-watch.ts';
import type { AlertNote } from '../live/messages.ts';
import type { AlertSide } from '../live/node.ts';
import type { ChatChange } from '../ports/chat-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { AlertRecord, NoticeStore } from '../ports/notice-store.ts';
import { previewOf } from '../push/chat-pushes.ts';
import type { PushNote } from '../push/pushes.ts';

export interface AlertsDeps {
  readonly store: Pick<NoticeStore, 'allAlerts' | 'pushDevices'>;
  readonly clock: Clock;
  readonly members: (workspace: string) => Promise<readonly { readonly id: string; readonly role: Role }[]>;
  readonly sitesOf: (workspace: string) => readonly SiteNames[];
  readonly live: {
    now(): number;
    watch(workspace: string, all: readonly Watched[], tell: (key: string, row: Row) => void): void;
    broadcast(message: AlertNote | { readonly k: 'alerts-changed'; readonly workspace: string }): void;
  };
  /** A console of theirs is open, on any node. */
  readonly here: (workspace: string, user: string) => boolean;
  /** To their consoles on this node. */
  readonly give: (workspace: string, user: string, frame: AlertFrame) => void;
  readonly push: (workspace: string, user: string, note: PushNote) => void;
  /** The visitor by whom the conversation's visit is found on the map; ''. */
  readonly visitIdOf: (conversation: { readonly workspace: string; readonly visitor: string }) => string;
  readonly onOutage: (what: string, cause: unknown) => void;
}

/** An agent is told of at most so many at once, then of one every 3 s: more than that nobody looks at. */
const AT_ONCE = 20;
const ONE_EVERY_MS = 3_000;
const AGAIN_AFTER_MS = 10_000;
const PUSH_TTL_S = 300;

/**
 * Alerts — agents are told of visits and chats they asked for, once for each visit and alert.
 *
 * Purpose     each node watches the visits whose home it is, for every different filter once, and for agents only who can hear it: with a
 *             page open, or with a browser that takes pushes.
 * Invariants  an agent is not told by what their role may not see.
 * Bound       20 alerts an agent (REST), told at the pace above; what comes faster is not told.
 * On error    alerts that cannot be read are read again; until then those of before hold.
 */
export class Alerts implements AlertSide {
  readonly #deps: AlertsDeps;
  readonly #byWorkspace = new Map<string, readonly AlertRecord[]>();
  /** Who is to be told of what matched, by key. */
  readonly #listening = new Map<string, ReadonlyMap<string, readonly AlertRecord[]>>();
  readonly #paces = new Map<string, { left: number; at: number }>();
  readonly #stale = new Set<string>();
  #work: Promise<void> = Promise.resolve();
  #retry: () => void = () => {};
  #isStopped = false;

  constructor(deps: AlertsDeps) {
    this.#deps = deps;
  }

  /** Rejects when the store is away. */
  async start(): Promise<void> {
    const all = await this.#deps.store.allAlerts();
    for (const [workspace, alerts] of byWorkspace(all)) this.#byWorkspace.set(workspace, alerts);
    for (const workspace of this.#byWorkspace.keys()) await this.#listen(workspace);
  }

  stop(): void {
    this.#isStopped = true;
    this.#retry();
  }

  /** Somebody's alerts, or the browsers that take their pushes, were written here: every node reads them again. */
  changed(workspace: string): void {
    this.#deps.live.broadcast({ k: 'alerts-changed', workspace });
  }

  changedElsewhere(workspace: string): void {
    this.#again(workspace);
  }

  /** Somebody's first page opened, or the last one closed. */
  seen(workspace: string, user: string): void {
    if (this.#byWorkspace.get(workspace)?.some((alert) => alert.user === user)) this.#again(workspace);
  }

  take({ workspace, user, frame }: AlertNote): void {
    this.#deps.give(workspace, user, frame);
  }

  /** A change of a conversation, on the node that stored it. Told is what begins to wait for anybody, and was not said to wait before. */
  chatChanged({ state, messages }: Pick<ChatChange, 'state' | 'messages'>, before: ChatState | null): void {
    const { workspace, phase, site, source, contact, id } = state;
    const wasActive = before !== null && before.phase.status !== 'resolved' && before.phase.status !== 'invited';
    if (phase.status !== 'unassigned' || wasActive || source === 'playground') return;
    const said = messages.findLast(({ from }) => from.kind === 'visitor');
    for (const alert of this.#byWorkspace.get(workspace) ?? []) {
      if (alert.kind !== 'chat' || !alert.enabled || (alert.site !== '' && alert.site !== site)) continue;
      const frame = this.#frame(alert, {
        visitor: this.#deps.visitIdOf(state),
        visitorName: contact.name,
        title: said ? previewOf(said.body) : '',
      });
      this.#tell(alert, { ...frame, conversation: id });
    }
  }

  /** Nothing is being read. */
  settled(): Promise<void> {
    return this.#work;
  }

  #again(workspace: string): void {
    this.#stale.add(workspace);
    this.#work = this.#work.then(() => this.#readStale());
  }

  async #readStale(): Promise<void> {
    if (this.#stale.size === 0 || this.#isStopped) return;
    const workspaces = [...this.#stale];
    this.#stale.clear();
    try {
      const all = byWorkspace(await this.#deps.store.allAlerts());
      for (const workspace of workspaces) {
        this.#byWorkspace.set(workspace, all.get(workspace) ?? []);
        await this.#listen(workspace);
      }
    } catch (cause) {
      for (const workspace of workspaces) this.#stale.add(workspace);
      this.#deps.onOutage('read alerts', cause);
      this.#retry();
      this.#retry = this.#deps.clock.setTimeout(() => {
        this.#work = this.#work.then(() => this.#readStale());
      }, AGAIN_AFTER_MS);
    }
  }

  /** Watches for the alerts of those who can hear them. Cost: the alerts of a workspace. */
  async #listen(workspace: string): Promise<void> {
    const alerts = (this.#byWorkspace.get(workspace) ?? []).filter(({ enabled, kind }) => enabled && kind !== 'chat');
    const roles = new Map(alerts.length === 0 ? [] : (await this.#deps.members(workspace)).map(({ id, role }) => [id, role]));
    const hearing = new Map<string, AlertRecord[]>();
    const watched = new Map<string, Watched>();
    for (const alert of alerts) {
      const one = this.#watchedBy(alert, roles.get(alert.user));
      if (!one || !(await this.#canHear(alert))) continue;
      const key = watchKey(one);
      watched.set(key, one);
      hearing.set(key, [...(hearing.get(key) ?? []), alert]);
    }
    if (this.#isStopped) return;
    this.#listening.set(workspace, hearing);
    this.#deps.live.watch(workspace, [...watched.values()], (key, row) => this.#matched(workspace, key, row));
  }

  #watchedBy({ kind, site, filter, workspace }: AlertRecord, role: Role | undefined): Watched | null {
    const parsed = parseFilter(filter);
    if (kind === 'chat' || !parsed.ok || role === undefined) return null;
    if (maskFor(role).some((field) => usesField(parsed.value, field as Parameters<typeof usesField>[1]))) return null;
    return { kind, site, filter: formatFilter(resolveSites(parsed.value, this.#deps.sitesOf(workspace))) };
  }

  async #canHear({ workspace, user, notify }: AlertRecord): Promise<boolean> {
    if (this.#deps.here(workspace, user)) return true;
    return notify && (await this.#deps.store.pushDevices({ workspace, user })).length > 0;
  }

  #matched(workspace: string, key: string, row: Row): void {
    for (const alert of this.#listening.get(workspace)?.get(key) ?? []) {
      const { id: visit, visitor, n, name: visitorName, title, country, city } = row;
      this.#tell(alert, { ...this.#frame(alert, { visitor, visitorName, title }), visit, n, country, city });
    }
  }

  #frame(alert: AlertRecord, of: Pick<AlertFrame, 'visitor' | 'visitorName' | 'title'>): AlertFrame {
    const { id, name, sound, notify } = alert;
    return { t: 'chat.alert', now: this.#deps.live.now(), alert: id, name, sound, notify, visit: '', n: 0, country: '', city: '', ...of };
  }

  #tell(alert: AlertRecord, frame: AlertFrame): void {
    const { workspace, user, notify } = alert;
    if (!this.#mayTell(`${workspace}\n${user}`)) return;
    if (this.#deps.here(workspace, user)) return this.#deps.live.broadcast({ k: 'alert', workspace, user, frame });
    if (!notify) return;
    const who = frame.visitorName || (frame.n > 0 ? `#${frame.n}` : '');
    const where = [frame.city, frame.country].filter((part) => part !== '').join(', ');
    this.#deps.push(workspace, user, {
      kind: 'alert',
      title: frame.name,
      body: [who, where, frame.title].filter((part) => part !== '').join(' · '),
      conversation: frame.conversation ?? '',
      // A new chat is one thing, whether the chat or an alert rings for it.
      tag: frame.conversation === undefined ? `visit:${frame.visitor}` : `chat:${frame.conversation}`,
      ttlS: PUSH_TTL_S,
      urgency: 'normal',
    });
  }

  /** A bucket an agent; those who were quiet long enough for a full one are forgotten. */
  #mayTell(key: string): boolean {
    const now = this.#deps.clock.mono();
    const pace = this.#paces.get(key) ?? { left: AT_ONCE, at: now };
    const left = Math.min(AT_ONCE, pace.left + (now - pace.at) / ONE_EVERY_MS);
    if (this.#paces.size > 1_000)
      for (const [other, { at }] of this.#paces) if (now - at > AT_ONCE * ONE_EVERY_MS) this.#paces.delete(other);
    this.#paces.set(key, { left: left >= 1 ? left - 1 : left, at: now });
    return left >= 1;
  }
}

function byWorkspace(all: readonly AlertRecord[]): Map<string, AlertRecord[]> {
  const found = new Map<string, AlertRecord[]>();
  for (const alert of all) found.set(alert.workspace, [...(found.get(alert.workspace) ?? []), alert]);
  return found;
}
