import type { Colleague, ColleaguesFrame } from '@foyer/protocol';
import type { Clock } from '../ports/clock.ts';
import { Gather } from './gather.ts';
import type { LiveNode, PeopleSide } from './node.ts';
import type { ColleaguesNote } from './messages.ts';

/** A change is on every colleague's screen within the sum of the longest waits: 50 ms here, 200 ms there. */
const TO_NODES = { waitMs: 25, everyMs: 50 };
const TO_CONSOLES = { waitMs: 0, everyMs: 200 };
/** Visitors shown as looked at by one agent; a person reads one. */
const MOST_LOOKED_AT = 12;

/** An open console, as its colleagues know it. */
export interface Desk {
  readonly workspace: string;
  readonly user: { readonly id: string; readonly name: string };
  /** `body`: the frame's JSON after `{"t":"colleagues",`, the same text for everybody who gets it. */
  colleagues(set: ColleaguesFrame['set'], body: string, full: boolean): void;
}
type ByUser = Map<string, Colleague>;
interface Team {
  /** What each looks at, by the view it was followed with. */
  readonly desks: Map<Desk, Map<string, string>>;
  /** By node: who has a console there. */
  readonly parts: Map<string, ByUser>;
  /** As consoles here have been told. */
  readonly told: ByUser;
  readonly changedHere: Set<string>;
  readonly changed: Set<string>;
}

/**
 * Colleagues — who of a workspace has a console open, and at which visitors they look, over all nodes.
 *
 * Purpose     "Anna is looking", before two people greet the same visitor.
 * Invariants  a console hears of its own workspace only, first of everybody, then of what changed; several consoles of one person are one colleague.
 * Bound       one entry an agent with at most 12 visitors; what changes is gathered, so a console gets at most five frames a second.
 * Cost        a change O(consoles of that agent); a frame is encoded once a workspace.
 */
export class Colleagues implements PeopleSide {
  readonly #live: LiveNode;
  readonly #onChanged: PeopleSide['changed'];
  readonly #onSeen: (workspace: string, user: string, isHere: boolean) => void;
  readonly #teams = new Map<string, Team>();
  /** To whom a console's agent is writing a first message. */
  readonly #inviting = new Map<Desk, string>();
  readonly #toNodes: Gather;
  readonly #toConsoles: Gather;

  /** `onChanged`: the workspace's consoles on this node should read something again. `onSeen`: somebody's first console opened, or the last closed. */
  constructor(options: {
    live: LiveNode;
    clock: Clock;
    onChanged: PeopleSide['changed'];
    onSeen?: (workspace: string, user: string, isHere: boolean) => void;
  }) {
    const { live, clock } = options;
    this.#onSeen = options.onSeen ?? (() => {});
    this.#live = live;
    this.#onChanged = options.onChanged;
    this.#toNodes = new Gather({ clock, ...TO_NODES, work: () => this.#tellNodes() });
    this.#toConsoles = new Gather({ clock, ...TO_CONSOLES, work: () => this.#tellConsoles() });
  }

  /** A console has opened: it hears at once who is here, itself among them. */
  enter(desk: Desk): void {
    const team = this.#team(desk.workspace);
    team.desks.set(desk, new Map());
    // What the others have been told, not what is known since: the next change follows on that.
    const everybody: Record<string, Colleague> = {
      [desk.user.id]: { name: desk.user.name, looking: [] },
      ...Object.fromEntries(team.told),
    };
    desk.colleagues(everybody, this.#encode(everybody, true), true);
    this.#changedHere(desk);
  }

  /** `visitor`: whom this console has open in `view` from now on; null: nobody. */
  look(desk: Desk, view: string, visitor: string | null): void {
    const looks = this.#teams.get(desk.workspace)?.desks.get(desk);
    if (!looks || (looks.get(view) ?? null) === visitor) return;
    if (visitor === null) looks.delete(view);
    else looks.set(view, visitor);
    this.#changedHere(desk);
  }

  /** The agent at this console writes a first message to this visitor; null: no more. */
  invite(desk: Desk, visitor: string | null): void {
    if (!this.#teams.get(desk.workspace)?.desks.has(desk) || (this.#inviting.get(desk) ?? null) === visitor) return;
    if (visitor === null) this.#inviting.delete(desk);
    else this.#inviting.set(desk, visitor);
    this.#changedHere(desk);
  }

  /** Whether a console of theirs is open, on any node. */
  has(workspace: string, user: string): boolean {
    const team = this.#teams.get(workspace);
    return team !== undefined && this.#merged(team, user) !== null;
  }

  leave(desk: Desk): void {
    this.#inviting.delete(desk);
    if (this.#teams.get(desk.workspace)?.desks.delete(desk)) this.#changedHere(desk);
  }

  /** Colleagues with a console open, on any node. */
  count(workspace: string): number {
    return this.#teams.get(workspace)?.told.size ?? 0;
  }

  stop(): void {
    this.#toNodes.stop();
    this.#toConsoles.stop();
  }

  take(from: string, note: ColleaguesNote): void {
    if (note.full) this.left(from);
    for (const [workspace, set] of Object.entries(note.set)) {
      const team = this.#team(workspace);
      let part = team.parts.get(from);
      if (!part) team.parts.set(from, (part = new Map()));
      for (const [user, colleague] of Object.entries(set)) {
        if (colleague) part.set(user, colleague);
        else part.delete(user);
        team.changed.add(user);
      }
    }
    this.#toConsoles.want();
  }

  /** Everything another node has to know of the consoles here. */
  everything(): ColleaguesNote {
    const set: Record<string, Record<string, Colleague>> = {};
    for (const [workspace, team] of this.#teams) {
      const users = new Set([...team.desks.keys()].map((desk) => desk.user.id));
      if (users.size > 0) set[workspace] = Object.fromEntries([...users].map((user) => [user, this.#here(team, user)!]));
    }
    return { k: 'colleagues', full: true, set };
  }

  left(node: string): void {
    for (const team of this.#teams.values()) {
      for (const user of team.parts.get(node)?.keys() ?? []) team.changed.add(user);
      team.parts.delete(node);
    }
    this.#toConsoles.want();
  }

  changed(workspace: string, what: Parameters<PeopleSide['changed']>[1]): void {
    this.#onChanged(workspace, what);
  }

  /** Something that another node said may have been lost. */
  missed(): void {
    for (const [workspace, { desks }] of this.#teams) {
      if (desks.size > 0) for (const what of ['notes', 'filters'] as const) this.#onChanged(workspace, what);
    }
  }

  #team(workspace: string): Team {
    let team = this.#teams.get(workspace);
    if (!team) {
      team = { desks: new Map(), parts: new Map(), told: new Map(), changedHere: new Set(), changed: new Set() };
      this.#teams.set(workspace, team);
    }
    return team;
  }

  #changedHere(desk: Desk): void {
    this.#team(desk.workspace).changedHere.add(desk.user.id);
    this.#toNodes.want();
  }

  #tellNodes(): void {
    const set: Record<string, Record<string, Colleague | null>> = {};
    for (const [workspace, team] of this.#teams) {
      if (team.changedHere.size === 0) continue;
      set[workspace] = Object.fromEntries([...team.changedHere].map((user) => [user, this.#here(team, user)]));
      team.changedHere.clear();
    }
    this.#live.broadcast({ k: 'colleagues', set });
  }

  #tellConsoles(): void {
    for (const [workspace, team] of this.#teams) {
      if (team.changed.size === 0) continue;
      const set: Record<string, Colleague | null> = {};
      let isNews = false;
      for (const user of team.changed) {
        const now = this.#merged(team, user);
        if (isSame(team.told.get(user), now)) continue;
        set[user] = now;
        isNews = true;
        if ((now === null) === team.told.has(user)) this.#onSeen(workspace, user, now !== null);
        if (now) team.told.set(user, now);
        else team.told.delete(user);
      }
      team.changed.clear();
      if (isNews && team.desks.size > 0) {
        const body = this.#encode(set, false);
        for (const desk of team.desks.keys()) desk.colleagues(set, body, false);
      }
      if (team.desks.size === 0 && team.told.size === 0 && team.changedHere.size === 0) this.#teams.delete(workspace);
    }
  }

  /** What this node's consoles say of one agent; null: has none open here. */
  #here(team: Team, user: string): Colleague | null {
    let name: string | null = null;
    const looking: string[] = [];
    const inviting: string[] = [];
    for (const [desk, looks] of team.desks) {
      if (desk.user.id !== user) continue;
      name = desk.user.name;
      for (const visitor of looks.values()) addOnce(looking, visitor);
      const invited = this.#inviting.get(desk);
      if (invited !== undefined) addOnce(inviting, invited);
    }
    return name === null ? null : colleague(name, looking, inviting);
  }

  #merged(team: Team, user: string): Colleague | null {
    let name: string | null = null;
    const looking: string[] = [];
    const inviting: string[] = [];
    for (const part of team.parts.values()) {
      const known = part.get(user);
      if (!known) continue;
      name ??= known.name;
      for (const visitor of known.looking) addOnce(looking, visitor);
      for (const visitor of known.inviting ?? []) addOnce(inviting, visitor);
    }
    return name === null ? null : colleague(name, looking, inviting);
  }

  #encode(set: ColleaguesFrame['set'], full: boolean): string {
    return JSON.stringify({ now: this.#live.now(), ...(full ? { full } : {}), set }).slice(1);
  }
}

const colleague = (name: string, looking: string[], inviting: string[]): Colleague =>
  inviting.length === 0 ? { name, looking } : { name, looking, inviting };

function addOnce(looking: string[], visitor: string): void {
  if (looking.length < MOST_LOOKED_AT && !looking.includes(visitor)) looking.push(visitor);
}

function isSame(a: Colleague | null | undefined, b: Colleague | null): boolean {
  if (!a || !b) return !a && !b;
  return a.name === b.name && isSameList(a.looking, b.looking) && isSameList(a.inviting ?? [], b.inviting ?? []);
}

const isSameList = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((one, i) => one === b[i]);
