import type { CloseAdvice } from '@foyer/protocol/link';

/**
 * What the server asks for in a close reason. '' or undefined: nothing, so it was the network that closed; without a code the
 * reason was garbled on the way, and must not silence a tab for good. Rules: LK4, LK5.
 */
export function readCloseReason(reason: string): CloseAdvice | '' | undefined {
  try {
    const advice = JSON.parse(reason) as CloseAdvice;
    return advice.code && advice;
  } catch {}
  return undefined;
}
