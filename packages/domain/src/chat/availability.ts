import { type Availability, CHAT_TIMES, type TeamState, type WorkingHours } from '@foyer/protocol';
import { isWithin, nextOpening } from './hours.ts';

export interface AgentPresence {
  /** What the agent has chosen. */
  readonly chosen: Availability;
  /** A console is open, on any node. */
  readonly here: boolean;
  /** When the last one closed; 0: there was none since the start. */
  readonly leftAt: number;
}

/** What an agent counts as. Nobody is more available than they chose; without a console they are away after 60 s and offline after 30 min. */
export function availabilityOf({ chosen, here, leftAt }: AgentPresence, now: number): Availability {
  if (here || chosen === 'offline') return chosen;
  const goneForMs = leftAt === 0 ? Number.POSITIVE_INFINITY : now - leftAt;
  if (goneForMs >= CHAT_TIMES.offlineAfterMs) return 'offline';
  return goneForMs >= CHAT_TIMES.awayAfterMs ? 'away' : chosen;
}

/** Since when an agent is not to be reckoned with, for `requeue`; 0: is here. An agent at a console who chose away still has their chats. */
export function awaySince({ here, leftAt }: AgentPresence, now: number): number {
  if (here) return 0;
  return now - leftAt >= CHAT_TIMES.awayAfterMs ? leftAt || now : 0;
}

/** When to look again at an agent whose consoles are closed; null: nothing more happens by itself. */
export function nextLookAt({ here, leftAt }: AgentPresence, now: number, requeueAfterMs: number): number | null {
  if (here || leftAt === 0) return null;
  const moments = [CHAT_TIMES.awayAfterMs, requeueAfterMs, CHAT_TIMES.offlineAfterMs].map((ms) => leftAt + ms).filter((at) => at > now);
  return moments.length > 0 ? Math.min(...moments) : null;
}

/** What the widget tells visitors about the team. Outside the working hours it is closed, whoever is there. */
export function teamState(q: { hours: WorkingHours; timeZone: string; agents: readonly Availability[]; now: number }): TeamState {
  const { hours, timeZone, agents, now } = q;
  if (!isWithin(hours, timeZone, now)) return { state: 'closed', backAt: nextOpening(hours, timeZone, now) };
  return { state: agents.includes('online') ? 'online' : 'away', backAt: 0 };
}
