import type { Random } from './random.ts';

/** What a simulated conversation makes its visit show; the words are those of domain/presence. */
export type TalkState = 'chatting' | 'unassigned' | 'assigned' | 'ai' | 'resolved' | 'none';
export interface Talk {
  readonly id: string;
  readonly state: TalkState;
  /** World time of this state. */
  readonly sinceMs: number;
}

/** Chance that a visit opens the chat. Of 2,000 people this makes about a hundred conversations at a time, each state among them. */
export const TALKS = 0.055;
/** As long as a workspace's default: the badge stays, then Active or Inactive shows again. */
const RESOLVED_HOLD_MS = 300_000;

/** When somebody opens the chat, counted from the arrival. */
export const firstTalkMs = (random: Random): number => random.around(40_000, 0.8);

/** How long a state lasts, and what comes after it. `isThere`: a chat that was only opened ends with its tab. */
export function nextTalk(state: TalkState, isThere: boolean, random: Random): { readonly inMs: number; readonly state: TalkState } {
  const draw = random.next();
  switch (state) {
    case 'chatting':
      if (!isThere) return { inMs: 0, state: 'none' };
      return { inMs: random.around(22_000, 0.6), state: draw < 0.55 ? 'unassigned' : draw < 0.85 ? 'ai' : 'none' };
    case 'unassigned':
      return { inMs: random.around(80_000, 0.9), state: draw < 0.82 ? 'assigned' : 'ai' };
    case 'ai':
      return { inMs: random.around(110_000, 0.7), state: draw < 0.6 ? 'resolved' : 'unassigned' };
    case 'assigned':
      return { inMs: random.around(180_000, 0.6), state: 'resolved' };
    case 'resolved':
      return { inMs: RESOLVED_HOLD_MS, state: draw < 0.12 ? 'unassigned' : 'none' };
    case 'none':
      return { inMs: Number.POSITIVE_INFINITY, state: 'none' };
  }
}
