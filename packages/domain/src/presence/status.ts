import { TIMES } from '@foyer/protocol';
import { STATUS_INDEX } from '../board/index.ts';

/** States a conversation gives its visit; 0 = none shown. */
export const CHAT = { none: 0, unassigned: 1, assigned: 2, ai: 3, chatting: 4, resolved: 5 } as const;
const OF_CHAT = [0, STATUS_INDEX.unassigned, STATUS_INDEX.assigned, STATUS_INDEX.ai, STATUS_INDEX.chatting, STATUS_INDEX.resolved];

/** What a conversation makes its visit show. */
export interface ConversationState {
  readonly state: keyof typeof CHAT;
  /** Its id; '' with `none`. */
  readonly id: string;
  /** Epoch ms since when somebody is waited for, while `unassigned`; else 0. */
  readonly waitingSince: number;
}

/** A conversation that somebody or something is in charge of: with a connected tab it keeps its visit listed. */
export const isOpen = (chat: number): boolean => chat === CHAT.unassigned || chat === CHAT.assigned || chat === CHAT.ai;

/** The one status of a visit (product.md section 1), as an index into STATUSES. Derived from facts, never stored as one. */
export function statusOf(visit: { chat: number; online: boolean; lastActivityAt: number }, nowMs: number): number {
  // Who has left has no chat open either; a conversation that was begun stays.
  if (visit.chat !== CHAT.none && (visit.online || visit.chat !== CHAT.chatting)) return OF_CHAT[visit.chat]!;
  return visit.online && nowMs - visit.lastActivityAt < TIMES.activeForMs ? STATUS_INDEX.active : STATUS_INDEX.inactive;
}
