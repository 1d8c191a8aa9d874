import { createRandom } from '@foyer/domain/simulate';
import type { Foyer, VisitRecord } from '@foyer/server';
import { Concurrency } from './concurrency.ts';
import { writeTalks } from './past-chats.ts';
import { startsOf } from './past-days.ts';
import { talksElsewhere } from './past-elsewhere.ts';
import { type PastPlan, PastVisits } from './past-visit.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const QUARTER_MS = 15 * MINUTE_MS;
/** What pages of the past show of how many were there at once, and the time before it to compare with. */
const SAMPLED_MS = 31 * DAY_MS;
/** Visits written at once: a transaction of about 40 ms, between which those of the present are written. */
const BATCH = 250;
/** Of days before the last: more at once cost less each, as they count in the same rows, and are never more than 150 ms. */
const OLD_BATCH = 1_000;
/** Visitors met, and samples written, at once: 30 ms. */
const SMALL_BATCH = 1_000;

interface PastLife extends PastPlan {
  readonly archive: Foyer['archive'];
  /** Of those who come back (past.ts): they were there too. */
  readonly stays: readonly Pick<VisitRecord, 'site' | 'startedAt' | 'leftAt'>[];
  /** The demo ends: what is not written yet stays unwritten. */
  readonly isOver: () => boolean;
  /** The last day is written, and how many were there at a time in it. */
  readonly onLastDay?: () => void;
}

/**
 * Two months of the shop before the demo began: people who came once, their orders, and their conversations, each of which can be read.
 *
 * Invariants  how many were there at a time is counted from the visits that are written: each minute of the last day, each quarter-hour before.
 * Order       visitors are met and conversations held oldest first, as numbers and searches follow it; visits are written newest first,
 *             because who looks at the figures at once sees the days that they look at.
 * Cost        behind the demo's start, none of it before: 0.2 ms a visit (a fifth of it this thread's), 2 ms a conversation. With 300 visitors
 *             56,000 visits and 1,100 conversations, 13 s of one core; the last day is there after the first third.
 */
export async function writePastLife(q: PastLife): Promise<void> {
  const starts = startsOf(q, createRandom(q.seed ^ 0x11fe));
  const visits = new PastVisits(q, starts);
  for (let i = 0; i < starts.length; i += SMALL_BATCH) {
    if (q.isOver()) return;
    await q.archive.history.meetVisitors(starts.slice(i, i + SMALL_BATCH).map((_, j) => visits.met(i + j)));
  }
  await Promise.all([writeVisits(q, visits, starts), writeTalks(q.archive.chats, talksOf(q, visits, starts), q.isOver)]);
}

async function writeVisits(
  { archive, workspace, sites, stays, now, isOver, onLastDay }: PastLife,
  visits: PastVisits,
  starts: readonly number[],
) {
  const { history } = archive;
  const ids = sites.map(({ id }) => id);
  const dayAgo = now - DAY_MS - (now % QUARTER_MS);
  const lastDay = new Concurrency({ sites: ids, from: dayAgo, to: now, stepMs: MINUTE_MS });
  const before = new Concurrency({ sites: ids, from: now - SAMPLED_MS, to: dayAgo, stepMs: QUARTER_MS });
  const count = (stay: PastLife['stays'][number]): void => {
    lastDay.add(stay);
    before.add(stay);
  };
  const sample = async (there: Concurrency): Promise<void> => {
    const samples = Array.from(there.samples(), (one) => ({ workspace, ...one }));
    for (let i = 0; i < samples.length && !isOver(); i += SMALL_BATCH) await history.sampleOnline(samples.slice(i, i + SMALL_BATCH));
  };
  for (const stay of stays) count(stay);
  let batch: VisitRecord[] = [];
  let isSampled = false;
  for (let i = starts.length - 1; i >= 0; i--) {
    const made = visits.make(i);
    if (made) {
      count(made.visit);
      batch.push(made.visit);
    }
    if (batch.length < (isSampled ? OLD_BATCH : BATCH) && i > 0) continue;
    if (isOver()) return;
    await history.saveVisits(batch);
    batch = [];
    // Who came so long before had left by then.
    if (isSampled || starts[i]! > dayAgo - DAY_MS / 12) continue;
    isSampled = true;
    await sample(lastDay);
    onLastDay?.();
  }
  if (!isSampled) await sample(lastDay);
  await sample(before);
}

/** Oldest first; those that came by no website among them. */
function* talksOf(q: PastLife, visits: PastVisits, starts: readonly number[]) {
  const elsewhere = talksElsewhere(q);
  for (const [i, startedAt] of starts.entries()) {
    while (elsewhere[0] && elsewhere[0].startedAt <= startedAt) yield elsewhere.shift()!;
    const talk = visits.isTalking(i) ? visits.make(i)?.talk : undefined;
    if (talk) yield talk;
  }
  yield* elsewhere;
}
