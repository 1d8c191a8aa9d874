import { createRandom } from '@foyer/domain/simulate';
import { type ChatState, ownerOf } from '@foyer/domain/chat';
import type { Foyer } from '@foyer/server';
import { bodyOf, FILLED_IN, goodbyeTo, isLastWord, turnAfter, WORDS } from './dialogues.ts';

/** Share of new chats that the assistant takes before anybody else does. */
const SHARE = 0.4;
export const AI = { id: 'demo-assistant', name: 'Fern' };

/** The demo's AI agent: answers by the server's own API, from what it was taught, and hands over when it does not know. Answers its end. */
export function startAssistant(q: { chat: Foyer['chat']; workspace: string; seed: number; pace: number }): () => void {
  const { chat, workspace, pace } = q;
  const random = createRandom(q.seed);
  const timers = new Set<ReturnType<typeof setTimeout>>();
  /** `seq` of the question that was answered last, of conversations that go on. */
  const latest = new Map<string, number>();
  const forget = chat.addAi({ workspace, ...AI });

  const later = (medianMs: number, run: () => Promise<unknown>): void => {
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        // Somebody was faster, or the server ends: nothing is owed.
        run().catch(() => {});
      },
      random.around(medianMs, 0.4) / pace,
    );
    timers.add(timer);
  };
  const act = (
    state: ChatState,
    command: Parameters<Foyer['chat']['request']>[0] & { do: 'act' } extends { command: infer C } ? C : never,
  ) => chat.request({ do: 'act', workspace, conversation: state.id, command });

  const answer = (state: ChatState, asked: string): void => {
    const { epoch } = ownerOf(state);
    const by = { kind: 'ai', id: AI.id, epoch } as const;
    const known = turnAfter(asked, 1) || goodbyeTo(asked);
    later(2_500, () => act(state, { c: 'say', by, cid: `ai-${state.id}-${state.seq}`, words: bodyOf(known || WORDS.askPeople) }));
    if (known === '') later(6_000, () => act(state, { c: 'release', by }));
    latest.set(state.id, state.seq);
    // Who was told all, or does not answer any more, has what they came for.
    const isQuiet = (): boolean => latest.get(state.id) === state.seq && latest.delete(state.id);
    if (known !== '') later(isLastWord(known) ? 45_000 : 180_000, async () => isQuiet() && act(state, { c: 'resolve', by }));
  };

  const stop = chat.onChange(({ state, messages }, { before }) => {
    if (state.workspace !== workspace || state.source !== 'widget') return;
    const asked = messages.findLast(({ from, body }) => from.kind === 'visitor' && (body.kind === 'text' || body.kind === 'submission'));
    const words = asked === undefined ? '' : asked.body.kind === 'text' ? asked.body.text : FILLED_IN;
    if (before === null && state.phase.status === 'unassigned' && random.chance(SHARE)) {
      later(1_500, async () => {
        const taken = await act(state, { c: 'hand_to_ai', by: { kind: 'system' }, ai: AI.id });
        const now = taken.ok && taken.changes[0]?.state;
        if (now) answer(now, words);
      });
    } else if (state.phase.status === 'ai' && state.phase.ai === AI.id && words !== '') answer(state, words);
  });
  return () => {
    stop();
    forget();
    for (const timer of timers) clearTimeout(timer);
  };
}
