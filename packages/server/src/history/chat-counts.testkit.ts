import type { Message } from '@foyer/protocol';
import type { ChatState } from '@foyer/domain/chat';
import { expect } from 'vitest';
import type { HistoryStore, RollupDimension } from '../ports/history-store.ts';

export interface Talk {
  readonly state: ChatState;
  readonly messages: readonly Message[];
}
const COUNTED: RollupDimension[] = ['chat', 'message', 'agent_message', 'agent_chat', 'rating', 'agent_rating', 'bot'];
/** Of which the buckets are put together: their medians are tried by themselves. */
const TIMED: RollupDimension[] = ['first_reply', 'resolution', 'agent_first_reply', 'agent_resolution'];

/** Every figure of the workspace's conversations is what reading them one after the other gives, day by day. */
export async function expectChatRecount(
  history: HistoryStore,
  q: { workspace: string; timeZone: string; talks: readonly Talk[] },
): Promise<void> {
  const { workspace, timeZone } = q;
  const found: Record<string, [number, number]> = {};
  for (const dimension of [...COUNTED, ...TIMED])
    for (const row of await history.rollup({ workspace, dimension, step: 'day', from: 0, to: 8e15, limit: 1e6 })) {
      const value = TIMED.includes(dimension) ? (row.value.includes('\t') ? row.value.split('\t')[0] : '') : row.value;
      const sum = (found[`${dayOf(row.from, timeZone)} ${dimension} ${value}`] ??= [0, 0]);
      sum[0] += row.visits;
      sum[1] += row.amount;
    }
  expect(found).toEqual(recount(q.talks, timeZone));
}

/** By local date, what, and of whom: how often, and how much together. */
export function recount(talks: readonly Talk[], timeZone: string): Record<string, [number, number]> {
  const counts: Record<string, [number, number]> = {};
  const add = (at: number, what: string, amount = 0): void => {
    const sum = (counts[`${dayOf(at, timeZone)} ${what}`] ??= [0, 0]);
    sum[0]++;
    sum[1] += amount;
  };
  for (const { state, messages } of talks) {
    const said = messages.filter(
      (m) => ['text', 'attachment', 'buttons', 'form', 'choice', 'submission'].includes(m.body.kind) && m.gone !== 'undone',
    );
    for (const { at, from } of said) {
      add(at, `message ${from.kind}`);
      if (from.kind === 'agent') add(at, `agent_message ${from.id}`);
    }
    const asked = said.find((m) => m.from.kind === 'visitor');
    if (!asked) continue;
    const begun = state.startedAt;
    add(begun, `chat ${state.source}`);
    const answer = said.find((m) => m.from.kind === 'agent' && m.seq > asked.seq);
    if (answer) {
      // A clock that went back makes no time less than none.
      const afterMs = Math.max(0, answer.at - asked.at);
      add(begun, 'first_reply ', afterMs);
      add(begun, `agent_first_reply ${answer.from.id}`, afterMs);
    }
    const agents = new Set(said.filter((m) => m.from.kind === 'agent').map((m) => m.from.id));
    const { phase } = state;
    if (phase.status === 'resolved') {
      const afterMs = Math.max(0, phase.at - begun);
      add(begun, 'resolution ', afterMs);
      if (phase.lastAgent !== '') {
        add(begun, `agent_resolution ${phase.lastAgent}`, afterMs);
        agents.add(phase.lastAgent);
      }
    }
    for (const agent of agents) add(begun, `agent_chat ${agent}`);
    if (state.rating) {
      add(begun, `rating ${state.rating.stars}`);
      const rated = phase.status === 'assigned' ? phase.agent : phase.status === 'resolved' ? phase.lastAgent : '';
      if (rated !== '') add(begun, `agent_rating ${rated}\t${state.rating.stars}`);
    }
    const bot = botMsOf(messages);
    if (bot !== null) add(begun, 'bot ', bot);
  }
  return counts;
}

/** Every ms between being handed to an AI agent and the next change of hands, or the last message. */
function botMsOf(messages: readonly Message[]): number | null {
  const moves = messages.filter(
    (m) => m.body.kind === 'event' && !['invited', 'dismissed', 'unblocked', 'introduced'].includes(m.body.event),
  );
  let ms: number | null = null;
  for (const [i, m] of moves.entries())
    if (m.body.kind === 'event' && m.body.event === 'handed_to_ai')
      ms = (ms ?? 0) + Math.max(0, ((moves[i + 1] ?? messages.at(-1))?.at ?? m.at) - m.at);
  return ms;
}

const formats = new Map<string, Intl.DateTimeFormat>();
function dayOf(at: number, timeZone: string): string {
  let format = formats.get(timeZone);
  if (!format) formats.set(timeZone, (format = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' })));
  return format.format(at);
}
