import { fail, ok, type Result } from '../result.ts';
import { type ChatState, ownerOf, type Refusal } from './state.ts';

/**
 * Whether an agent may write first to a visitor whose latest conversation this is; `withdraw`: an earlier invitation ends with it.
 *
 * While a conversation is open there is nothing to invite to: the agent is told which. A colleague's unanswered invitation is told as
 * well, and stands back only when asked `anyway`.
 */
export function mayInvite(
  latest: ChatState | null,
  q: { agent: string; anyway: boolean; now: number },
): Result<{ readonly withdraw: boolean }, Refusal> {
  if (!latest) return ok({ withdraw: false });
  const { phase } = latest;
  if (latest.blockedUntil > q.now) return fail({ code: 'blocked', who: latest.id });
  if (phase.status === 'resolved') return ok({ withdraw: false });
  if (phase.status !== 'invited') return fail({ code: 'has_conversation', who: latest.id });
  if (phase.agent !== q.agent && !q.anyway) return fail({ code: 'already_invited', who: ownerOf(latest).id });
  return ok({ withdraw: true });
}
