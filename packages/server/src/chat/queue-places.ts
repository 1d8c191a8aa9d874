import { type ChatState, queuePosition } from '@foyer/domain/chat';
import { Gather } from '../live/gather.ts';
import type { Clock } from '../ports/clock.ts';
import type { ChatService } from './chat-service.ts';
import { Waits } from './waits.ts';

/** People read it; a queue that moves tells nobody more than once a second. */
const TOLD_EVERY_MS = 1_000;

/** QueuePlaces — tells visitors who wait which place they have, when it changes, and how long others waited. Cost: who waits, once a second. */
export class QueuePlaces {
  readonly #chat: ChatService;
  readonly #now: () => number;
  readonly #waits = new Map<string, Waits>();
  readonly #dirty = new Set<string>();
  readonly #told = new Map<string, string>();
  readonly #gather: Gather;

  constructor(options: { clock: Clock; now: () => number; chat: ChatService }) {
    this.#chat = options.chat;
    this.#now = options.now;
    this.#gather = new Gather({ clock: options.clock, waitMs: 20, everyMs: TOLD_EVERY_MS, work: () => this.#tell() });
  }

  changed(before: ChatState | null, after: ChatState): void {
    const { workspace, phase } = after;
    if (before?.phase.status !== 'unassigned' && phase.status !== 'unassigned') return;
    if (before?.phase.status === 'unassigned' && phase.status === 'assigned')
      this.#waitsOf(workspace).add(before.team, this.#now(), phase.since - before.phase.since);
    if (phase.status !== 'unassigned') this.#told.delete(after.id);
    this.#dirty.add(workspace);
    this.#gather.want();
  }

  /** A tab has come that was not told yet. */
  arrived(state: ChatState): void {
    this.#told.delete(state.id);
    this.#dirty.add(state.workspace);
    this.#gather.want();
  }

  /** Whether anybody is there to be waited for is another. */
  teamChanged(workspace: string): void {
    this.#dirty.add(workspace);
    this.#gather.want();
  }

  expected(workspace: string, team: string): number {
    return this.#waitsOf(workspace).expected(team, this.#now());
  }

  stop(): void {
    this.#gather.stop();
  }

  #tell(): void {
    for (const workspace of this.#dirty) {
      const waiting = this.#chat.open.waiting(workspace);
      const { state: team } = this.#chat.team(workspace);
      for (const { conversation, team: of } of waiting) {
        const state = this.#chat.open.byId(workspace, conversation);
        if (!state || state.visitor === '' || [...this.#chat.tabs.here.tabs(workspace, state.visitor)].length === 0) continue;
        // Out of hours nobody stands in a line; and while nobody is at the desk, what others waited is no measure.
        const position = team === 'closed' ? 0 : queuePosition(waiting, conversation);
        const waitMs = team === 'online' ? this.expected(workspace, of) * position : 0;
        const text = `${position} ${waitMs}`;
        if (this.#told.get(conversation) === text) continue;
        this.#told.set(conversation, text);
        this.#chat.tabs.queue(workspace, state.visitor, { t: 'chat.queue', conversation, position, waitMs });
      }
    }
    this.#dirty.clear();
  }

  #waitsOf(workspace: string): Waits {
    let waits = this.#waits.get(workspace);
    if (!waits) this.#waits.set(workspace, (waits = new Waits()));
    return waits;
  }
}
