import { isGoingOn, type State } from './state.ts';

export type Step = 'email' | 'transcript' | 'rating';

/** What is asked after the last message, in order: for an address after the first words and never before them, how it was when it is over. */
export function nextSteps(state: State): readonly Step[] {
  const { conversation, look, popover, skipsEmail, isRated } = state;
  if (!conversation) return [];
  const steps: Step[] = [];
  const wantsEmail = popover === 'email' || (look!.captureEmail && !skipsEmail && isGoingOn(state) && !conversation.invitation);
  if (wantsEmail && !conversation.hasEmail) steps.push('email');
  if (popover === 'transcript') steps.push('transcript');
  else if (conversation.status === 'resolved' && look!.offerRating && !isRated) steps.push('rating');
  return steps;
}
