import { type Row, STATUSES } from '@foyer/protocol';

export type VisitState = 'chatting' | 'browsing' | 'left';
/** Statuses up to this one are open conversations, or a chat that is open. */
const CHATTING = STATUSES.indexOf('chatting');

/** As the counts above the table have it: who left is in neither, whatever their conversation. */
export function stateOf({ online, status }: Pick<Row, 'online' | 'status'>): VisitState {
  if (!online) return 'left';
  return STATUSES.indexOf(status) <= CHATTING ? 'chatting' : 'browsing';
}

/** Runs while the visit is online, stands at the last activity after that. */
export const onSiteMs = ({ online, startedAt, lastActivityAt }: Row, now: number): number => (online ? now : lastActivityAt) - startedAt;
