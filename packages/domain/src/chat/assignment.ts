import type { ChatState } from './state.ts';

/** An agent as the queue sees them. */
export interface Candidate {
  readonly agent: string;
  readonly availability: 'online' | 'away' | 'offline';
  readonly load: number;
  readonly capacity: number;
  readonly teams: readonly string[];
  /** Epoch ms; 0: never. */
  readonly lastAssignedAt: number;
}
export interface Waiting {
  readonly conversation: string;
  /** '': whoever is there. */
  readonly team: string;
  readonly since: number;
}

/** Who gets the next conversation of this team: online, with room, the least loaded share; then who waited longest; null: nobody can. */
export function pickAgent(candidates: readonly Candidate[], team: string): Candidate | null {
  let best: Candidate | null = null;
  for (const candidate of candidates) if (canTake(candidate, team) && (!best || isBefore(candidate, best))) best = candidate;
  return best;
}

const canTake = (c: Candidate, team: string): boolean =>
  c.availability === 'online' && c.load < c.capacity && (team === '' || c.teams.includes(team));

function isBefore(a: Candidate, b: Candidate): boolean {
  // Shares compared without division: 1 of 2 is as full as 2 of 4.
  const share = a.load * b.capacity - b.load * a.capacity;
  if (share !== 0) return share < 0;
  if (a.lastAssignedAt !== b.lastAssignedAt) return a.lastAssignedAt < b.lastAssignedAt;
  return a.agent < b.agent;
}

/** Who waits, longest first. */
export const inOrder = (waiting: readonly Waiting[]): readonly Waiting[] =>
  [...waiting].sort((a, b) => a.since - b.since || (a.conversation < b.conversation ? -1 : 1));

/**
 * Whom to give what, as far as there is room. A proposal: the transaction that assigns checks owner and capacity again.
 *
 * Shape: the order of the queue; a team without a free agent does not hold up the others. Cost: waiting × agents.
 */
export function planAssignments(
  waiting: readonly Waiting[],
  candidates: readonly Candidate[],
  now: number,
): readonly { readonly conversation: string; readonly agent: string }[] {
  const free = new Map(candidates.map((candidate) => [candidate.agent, candidate]));
  const plan: { conversation: string; agent: string }[] = [];
  for (const { conversation, team } of inOrder(waiting)) {
    const chosen = pickAgent([...free.values()], team);
    if (!chosen) continue;
    plan.push({ conversation, agent: chosen.agent });
    free.set(chosen.agent, { ...chosen, load: chosen.load + 1, lastAssignedAt: now });
  }
  return plan;
}

/** 1 = next. Among those who wait for the same team. 0: does not wait. */
export function queuePosition(waiting: readonly Waiting[], conversation: string): number {
  const own = waiting.find((one) => one.conversation === conversation);
  if (!own) return 0;
  return inOrder(waiting.filter(({ team }) => team === own.team)).findIndex((one) => one.conversation === conversation) + 1;
}

/** Its place in the queue; null: it is in none. */
export function waitingOf(state: ChatState): Waiting | null {
  const { phase, id, team } = state;
  return phase.status === 'unassigned' ? { conversation: id, team, since: phase.since } : null;
}
