import type { ConversationState } from '../presence/status.ts';
import type { ChatState } from './state.ts';

export interface Badge extends ConversationState {
  /** When it changes by itself; 0: it does not. */
  readonly until: number;
}
const NOTHING: Badge = { state: 'none', id: '', waitingSince: 0, until: 0 };

/** No browser is behind it (API, WhatsApp, Fluent Support): no visit, no pin, no badge. */
export const hasVisit = (state: Pick<ChatState, 'visitor' | 'source'>): boolean =>
  state.visitor !== '' && (state.source === 'widget' || state.source === 'playground');

/**
 * What a visitor's latest conversation makes their visit show, on row, tooltip and pin.
 *
 * Resolved stays for `resolvedHoldMs`, then Active or Inactive shows again. An invitation shows nothing: it is no chat before it is
 * answered. `chatShown`: the chat is open on the visitor's screen, which is Chatting until there is a state.
 */
export function badgeOf(state: ChatState | null, q: { now: number; resolvedHoldMs: number; chatShown: boolean }): Badge {
  const otherwise: Badge = q.chatShown ? { ...NOTHING, state: 'chatting' } : NOTHING;
  if (!state || !hasVisit(state)) return otherwise;
  const { phase, id } = state;
  switch (phase.status) {
    case 'invited':
      return otherwise;
    case 'unassigned':
      return { state: 'unassigned', id, waitingSince: phase.since, until: 0 };
    case 'assigned':
    case 'ai':
      return { state: phase.status, id, waitingSince: 0, until: 0 };
    case 'resolved': {
      // An invitation that was dismissed or taken back has been no chat.
      if (state.visitorSeq === 0) return otherwise;
      const until = phase.at + q.resolvedHoldMs;
      return q.now < until ? { state: 'resolved', id, waitingSince: 0, until } : otherwise;
    }
  }
}
