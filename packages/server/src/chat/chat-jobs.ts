import { type Candidate, planAssignments } from '@foyer/domain/chat';
import { TIMES } from '@foyer/protocol';
import { Gather } from '../live/gather.ts';
import type { LiveNode } from '../live/node.ts';
import type { ChatStore } from '../ports/chat-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { Directory } from '../team/directory.ts';
import type { ChatService } from './chat-service.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Agents who left are looked at this often; a queue that moves by itself looks at once. */
const LOOK_EVERY_MS = 2_000;
/** Deleted in one transaction: beside it, a message waits for some milliseconds. */
const AT_ONCE = 100;
/** A file that is in no message yet may still be typed around. */
const UNUSED_FOR_MS = DAY_MS;

interface JobsDeps {
  readonly chat: ChatService;
  readonly live: LiveNode;
  readonly clock: Clock;
  readonly store: Pick<ChatStore, 'purge' | 'unusedFiles' | 'deleteFiles'>;
  readonly directory: Pick<Directory, 'workspaces'>;
  readonly dropFiles: (ids: readonly string[]) => void;
  readonly onOutage: (what: string, cause: unknown) => void;
}

/**
 * ChatJobs — what happens to conversations by themselves: the queue gives, who left gives back, invitations that nobody saw end, what is
 * kept long enough goes.
 *
 * Every decision is the transaction's: this proposes. One node of all does it, the first by name; while two believe to be that, each thing
 * is still done once.
 */
export class ChatJobs {
  readonly #deps: JobsDeps;
  readonly #soon: Gather;
  readonly #stop: (() => void)[] = [];
  #isAssigning = false;

  constructor(deps: JobsDeps) {
    this.#deps = deps;
    this.#soon = new Gather({ clock: deps.clock, waitMs: 5, everyMs: 50, work: () => void this.#try('assign chats', () => this.assign()) });
  }

  start(): void {
    const { clock, chat } = this.#deps;
    this.#stop.push(
      chat.onChange((change, { before }) => {
        const { status } = change.state.phase;
        if (status === 'unassigned' || (before?.phase.status === 'assigned' && status !== 'assigned')) this.#soon.want();
      }),
      clock.setInterval(() => void this.look(), LOOK_EVERY_MS),
      clock.setInterval(() => void this.#try('end invitations', () => this.endInvitations()), MINUTE_MS),
      clock.setInterval(() => void this.purge(), HOUR_MS),
    );
  }

  stop(): void {
    for (const stop of this.#stop.splice(0)) stop();
    this.#soon.stop();
  }

  /** Somebody came who may take what waits. */
  kick(): void {
    this.#soon.want();
  }

  /** Never rejects. */
  async look(): Promise<void> {
    await this.#try('return chats to the queue', () => this.requeue());
    await this.#try('assign chats', () => this.assign());
  }

  /** Where it is automatic: who waits longest to who has most room. */
  async assign(): Promise<void> {
    if (this.#isAssigning || !this.#isFirst) return;
    this.#isAssigning = true;
    try {
      for (const { id: workspace } of this.#deps.directory.workspaces()) {
        const { chat, live } = this.#deps;
        if (chat.settings(workspace).assignment !== 'automatic') continue;
        const waiting = chat.open.waiting(workspace);
        if (waiting.length === 0) continue;
        const by = { kind: 'system' } as const;
        for (const { conversation, agent } of planAssignments(waiting, this.#candidates(workspace), live.now())) {
          await chat.request({ do: 'act', workspace, conversation, command: { c: 'assign', by, agent } });
        }
      }
    } finally {
      this.#isAssigning = false;
    }
  }

  /** Somebody waits in them, and their agent has been away for too long. */
  async requeue(): Promise<void> {
    if (!this.#isFirst) return;
    const { chat, live, directory } = this.#deps;
    for (const { id: workspace } of directory.workspaces()) {
      const { requeueAfterMs } = chat.settings(workspace);
      const due = [...chat.open.active(workspace)].filter(({ phase, awaitingSince }) => {
        if (phase.status !== 'assigned' || awaitingSince === 0) return false;
        const awaySince = chat.agents.awaySince(workspace, phase.agent);
        return awaySince > 0 && live.now() - awaySince >= requeueAfterMs;
      });
      for (const { id: conversation } of due) {
        await chat.request({ do: 'act', workspace, conversation, command: { c: 'requeue', by: { kind: 'system' } } });
      }
    }
  }

  /** Not answered for half an hour, and nobody is there to see them: each by the home of its visitor, who alone knows. */
  async endInvitations(): Promise<void> {
    const { chat, live } = this.#deps;
    const before = live.now() - TIMES.listedForMs;
    for (const workspace of chat.open.workspaces()) {
      for (const state of [...chat.open.all(workspace)]) {
        const { phase, visitor, id: conversation } = state;
        if (phase.status !== 'invited' || phase.at > before) continue;
        const visit = chat.visitIdOf(state);
        if (live.homeOf(visit || conversation) !== live.name || live.isListed(workspace, visit)) continue;
        if (chat.visitorHere(workspace, visitor)) continue;
        await chat.request({ do: 'act', workspace, conversation, command: { c: 'resolve', by: { kind: 'system' } } });
      }
    }
  }

  /** What is older than its workspace keeps, and uploads that were never sent. Never rejects. */
  async purge(): Promise<void> {
    if (!this.#isFirst) return;
    const { chat, live, store, directory, dropFiles } = this.#deps;
    await this.#try('delete old conversations', async () => {
      for (const { id: workspace } of directory.workspaces()) {
        const { keepDays } = chat.settings(workspace);
        if (keepDays === 0) continue;
        const resolvedBefore = live.now() - keepDays * DAY_MS;
        for (let gone = AT_ONCE; gone === AT_ONCE;) {
          const { conversations, files } = await store.purge({ workspace, resolvedBefore, limit: AT_ONCE });
          if (files.length > 0) dropFiles(files);
          gone = conversations;
        }
      }
    });
    await this.#try('delete files that were never sent', async () => {
      for (let gone = AT_ONCE; gone === AT_ONCE;) {
        const files = await store.unusedFiles({ before: live.now() - UNUSED_FOR_MS, limit: AT_ONCE });
        if (files.length > 0) await store.deleteFiles(files);
        dropFiles(files);
        gone = files.length;
      }
    });
  }

  get #isFirst(): boolean {
    const { live } = this.#deps;
    return live.membership.members.every((node) => live.name <= node);
  }

  #candidates(workspace: string): Candidate[] {
    const { chat } = this.#deps;
    const { byAgent } = chat.counts(workspace);
    return [...chat.roster.members(workspace)].map((agent) => ({
      agent,
      availability: chat.availability(workspace, agent),
      load: byAgent.get(agent) ?? 0,
      capacity: chat.roster.capacity(workspace, agent),
      teams: chat.roster.teamsOf(workspace, agent),
      lastAssignedAt: chat.roster.lastAssignedAt(workspace, agent),
    }));
  }

  async #try(what: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (cause) {
      this.#deps.onOutage(what, cause);
    }
  }
}
