import type { Refusal } from '@foyer/domain/chat';
import type { ChatRefused } from '@foyer/protocol';

/** When to ask again after an outage of the store: it answers within a second, or it is away for long. */
const AGAIN_AFTER_MS = 1_000;

const SENTENCES: Record<Refusal['code'], string> = {
  not_found: 'There is no such conversation or message.',
  blocked: 'This visitor may not write.',
  resolved: 'The conversation is over.',
  not_owner: 'Somebody else answers here, or nobody yet.',
  stale_owner: 'The conversation is somebody else’s by now.',
  taken: 'Somebody was faster.',
  at_capacity: 'This agent has as many conversations as they may have at once.',
  not_available: 'This agent is away.',
  has_conversation: 'This visitor has a conversation that is open.',
  already_invited: 'A colleague’s invitation is not answered yet.',
  not_yours: 'Somebody else wrote it.',
  too_late: 'It can be taken back no more.',
  already_answered: 'It was answered.',
  already_rated: 'It was rated.',
  not_answerable: 'There is nothing to answer.',
  bad_answer: 'This is not one of the answers, or a required field is empty.',
  bad_file: 'The file is not stored, not yours, or in another message.',
  not_allowed: 'Nobody may do this.',
  rate_limited: 'Too many messages at once.',
  unavailable: 'The server cannot store it right now.',
};

/** `name`: of the agent whom the refusal is about. */
export function refused(cid: string, code: Refusal['code'], more: { name?: string; retryAfterMs?: number } = {}): ChatRefused {
  const { name = '', retryAfterMs } = more;
  const message = name === '' ? SENTENCES[code] : `${name}: ${SENTENCES[code]}`;
  return { t: 'chat.refused', cid, code, message, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

export const unavailable = (cid: string): ChatRefused => refused(cid, 'unavailable', { retryAfterMs: AGAIN_AFTER_MS });
