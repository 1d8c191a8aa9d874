import type { Fact, TabNote } from '../../live/messages.ts';
import type { LiveNode, TabSide } from '../../live/node.ts';
import type { SiteRecord } from '../../ports/team-store.ts';
import type { Socket } from '../../ports/socket.ts';
import type { VisitorDeps } from './deps.ts';
import { type Handshake, TabSession } from './tab-session.ts';

/** Every tab with a socket on this node. Bound: the node's socket limit. */
export class TabRegistry implements TabSide {
  readonly #deps: VisitorDeps;
  readonly #live: Pick<LiveNode, 'homeOf'>;
  readonly #byNo = new Map<number, TabSession>();
  #lastNo = 0;

  constructor(deps: Omit<VisitorDeps, 'tabs'>, live: Pick<LiveNode, 'homeOf'>) {
    this.#deps = { ...deps, tabs: this };
    this.#live = live;
  }

  get size(): number {
    return this.#byNo.size;
  }

  open(socket: Socket, shake: Handshake): TabSession {
    const session = new TabSession(++this.#lastNo, this.#deps, socket, shake);
    this.#byNo.set(session.no, session);
    return session;
  }

  delete(session: TabSession): void {
    this.#byNo.delete(session.no);
  }

  note(note: TabNote): void {
    this.#byNo.get(note.key.socket)?.note(note);
  }

  /** Cost: the tabs of this node, once per loss on the bus or change of members. */
  *announcements(node: string): Generator<Fact & { k: 'announce' }> {
    for (const session of this.#byNo.values()) {
      if (!session.hasVisitor || this.#live.homeOf(session.visitor) !== node) continue;
      const fact = session.announcement();
      if (fact) yield fact;
    }
  }

  rehome(): void {
    for (const session of this.#byNo.values()) {
      if (session.hasVisitor && this.#live.homeOf(session.visitor) !== session.home) session.announce();
    }
  }

  /** Settings changed: greet the tabs of these sites anew; `wasReset` ends what they were part of. Cost: the tabs of this node. */
  greet(sites: ReadonlyMap<string, SiteRecord>, wasReset: boolean): void {
    for (const session of this.#byNo.values()) {
      const site = sites.get(session.site.id);
      if (site) session.greet(site, wasReset);
    }
  }

  /** The site is gone. */
  refuseSite(siteId: string): void {
    for (const session of [...this.#byNo.values()]) if (session.site.id === siteId) session.refuse('unknownSite');
  }

  /** A block was added: those it meets go. */
  refuseWhere(test: (session: TabSession) => boolean): void {
    for (const session of [...this.#byNo.values()]) if (test(session)) session.refuse('blocked');
  }

  /** The server stops: everybody comes back within the retry window. */
  restart(): void {
    for (const session of [...this.#byNo.values()]) session.refuse('restart');
  }
}
