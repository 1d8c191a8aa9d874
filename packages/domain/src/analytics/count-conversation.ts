import { bucketOf } from './buckets.ts';
import { type Calendar } from './calendar.ts';
import type { ConversationFigures } from './conversation-figures.ts';
import { type Touch, bucketsOf, capped } from './contribution.ts';
import type { Dimension, RollupDelta } from './rollup-delta.ts';

export interface CountedConversation {
  readonly workspace: string;
  readonly site: string;
  readonly source: string;
  readonly country: string;
  readonly startedAt: number;
  readonly figures: ConversationFigures;
}

/**
 * Adds (`sign` 1) or takes away (−1) what a conversation has in the counts: messages when they were sent, all else in the periods in which
 * it began. Taking away what was stored and adding what is now is the change, and nothing when nothing has changed.
 */
export function countConversation(
  delta: RollupDelta,
  calendar: Calendar,
  c: CountedConversation,
  sign: 1 | -1,
  touch: Touch = 'all',
): void {
  const { figures: f, workspace, site } = c;
  const at = (time: number, shares: readonly Share[]): void => {
    for (const { bucket } of bucketsOf(delta, calendar, workspace, site, time, touch))
      for (const [dimension, value, count, amount = 0] of shares)
        bucket.add(dimension, capped(value), sign * count, 0, 0, 0, sign * amount);
  };
  for (const [quarter, by, count] of f.messages) {
    const isAgent = by.startsWith('agent:');
    at(quarter, [['message', isAgent ? 'agent' : by, count], ...(isAgent ? [['agent_message', by.slice(6), count] as const] : [])]);
  }
  if (!f.isChat) return;
  const shares: Share[] = [
    ['chat', c.source, 1],
    ['chat_country', c.country, 1],
  ];
  for (const agent of agentsIn(f)) shares.push(['agent_chat', agent, 1]);
  if (f.firstReplyMs >= 0) timed(shares, 'first_reply', f.firstReplyMs, f.firstReplyBy);
  if (f.resolvedMs >= 0) timed(shares, 'resolution', f.resolvedMs, f.resolvedBy);
  if (f.stars > 0) shares.push(['rating', String(f.stars), 1]);
  if (f.stars > 0 && f.ratedAgent !== '') shares.push(['agent_rating', `${f.ratedAgent}\t${f.stars}`, 1]);
  if (f.botMs >= 0) shares.push(['bot', '', 1, f.botMs]);
  at(c.startedAt, shares);
}

type Share = readonly [dimension: Dimension, value: string, count: number, amount?: number];

function timed(shares: Share[], dimension: 'first_reply' | 'resolution', ms: number, agent: string): void {
  const bucket = String(bucketOf(ms));
  shares.push([dimension, bucket, 1, ms]);
  if (agent !== '') shares.push([`agent_${dimension}`, `${agent}\t${bucket}`, 1, ms]);
}

/** Who had a part in it: wrote, or had it when it was resolved. */
function agentsIn(f: ConversationFigures): Set<string> {
  const agents = new Set<string>();
  for (const [, by] of f.messages) if (by.startsWith('agent:')) agents.add(by.slice(6));
  if (f.resolvedBy !== '') agents.add(f.resolvedBy);
  return agents;
}
