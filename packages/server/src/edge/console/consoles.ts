import type { AlertFrame, ChangedFrame, CloseKind } from '@foyer/protocol';
import type { SessionEnd } from '../../team/sessions.ts';
import type { ConsoleSession } from './console-session.ts';

/** Every console with a socket on this node. */
export class Consoles {
  readonly #sessions = new Set<ConsoleSession>();

  get size(): number {
    return this.#sessions.size;
  }

  add(session: ConsoleSession): void {
    this.#sessions.add(session);
  }

  delete(session: ConsoleSession): void {
    this.#sessions.delete(session);
  }

  /** A session ended or a role changed: its sockets close at once. Rule: OB7. */
  ended(end: SessionEnd): void {
    const kind: CloseKind = end.why === 'role' ? 'roleChanged' : 'signedOut';
    for (const session of [...this.#sessions]) {
      const { actor } = session;
      if (actor.session === end.session || (end.user !== undefined && actor.user.id === end.user)) session.close(kind);
    }
  }

  changed(workspace: string, what: ChangedFrame['what']): void {
    for (const session of this.#sessions) if (session.actor.workspace === workspace) session.tell({ t: 'changed', what });
  }

  /** Every console of one agent on this node. */
  tellUser(workspace: string, user: string, frame: AlertFrame): void {
    for (const session of this.#sessions) {
      const { actor } = session;
      if (actor.workspace === workspace && actor.user.id === user) session.tell(frame);
    }
  }

  closeAll(kind: CloseKind): void {
    for (const session of [...this.#sessions]) session.close(kind);
  }

  get merged(): number {
    let merged = 0;
    for (const session of this.#sessions) merged += session.outbox.merged;
    return merged;
  }
}
