import { CLOSE, type CloseAdvice, type CloseKind } from '@foyer/protocol';

/** "Soon" is for faults that pass by themselves; "slow" for what a human has to change first. */
const SOON = { minMs: 500, maxMs: 3_000 };
const SLOW = { minMs: 30_000, maxMs: 120_000 };

/** The JSON that goes with a close code: when to come back, or, without times, never. */
export function closeReason(kind: CloseKind, window: { minMs: number; maxMs: number }): string {
  const { name, retry } = CLOSE[kind];
  const advice: CloseAdvice = { code: name, ...(retry === 'never' ? {} : retry === 'soon' ? SOON : retry === 'slow' ? SLOW : window) };
  return JSON.stringify(advice);
}
