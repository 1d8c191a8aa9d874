/** Writes conversations of the past into the store: the same decisions that the live ones are made by, each at its own time. */
import type { ChatStore } from '@foyer/server';
import type { PastTalk } from './past-talk.ts';

/** Asked for at once: what arrives together is committed together, and a commit waits for the disk. */
const TOGETHER = 40;

export type PastChats = Pick<ChatStore, 'request' | 'putProfile'>;
type Told = Pick<PastTalk, 'origin' | 'opening' | 'startedAt' | 'steps' | 'profile'>;

/** Oldest first, as searches take them. Cost: 0.1 ms a step. Throws what was refused. */
export async function writeTalks(chats: PastChats, talks: Iterable<Told>, isOver: () => boolean): Promise<number> {
  const batch: Promise<void>[] = [];
  let written = 0;
  /** One's words go into one's latest conversation: nobody has two under way. */
  const visitors = new Set<string>();
  const finish = async (): Promise<void> => {
    await Promise.all(batch.splice(0));
    visitors.clear();
  };
  for (const talk of talks) {
    if (isOver()) break;
    const { visitor } = talk.origin;
    if (batch.length === TOGETHER || visitors.has(visitor)) await finish();
    if (visitor !== '') visitors.add(visitor);
    batch.push(writeTalk(chats, talk));
    written++;
  }
  await finish();
  return written;
}

async function writeTalk(chats: PastChats, { origin, opening, startedAt, steps, profile }: Told): Promise<void> {
  const { workspace, id: conversation } = origin;
  // Nothing of it is refused for what the team does now.
  const circumstances = { reopenForMs: 0, requeueAfterMs: 0, undoForMs: 0, capacity: Number.MAX_SAFE_INTEGER, awaySince: 0 };
  const words = { kind: 'text', text: opening } as const;
  const first = await chats.request({ do: 'write', origin, cid: `past-${startedAt}`, words, ...circumstances, now: startedAt });
  let soFar = after(first, { epoch: 0, seq: 0 });
  await chats.putProfile({ workspace, conversation, profile });
  for (const { at, command } of steps) {
    const outcome = await chats.request({ do: 'act', workspace, conversation, command: command(soFar), ...circumstances, now: at });
    soFar = after(outcome, soFar);
  }
}

function after(outcome: Awaited<ReturnType<PastChats['request']>>, before: { epoch: number; seq: number }) {
  if (!outcome.ok) throw new Error(`a past conversation was refused: ${outcome.refusal.code}`);
  const state = outcome.changes.at(-1)?.state;
  return state ? { epoch: state.epoch, seq: state.seq } : before;
}
