/** Shapes of /api/v1/history and /api/v1/replay, for the document and its test. */
import type { HistoryPage, HistoryPerson, HistoryVisit, ReplayAnswer } from '@foyer/protocol';
import * as v from 'valibot';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const ms = v.pipe(v.number(), v.integer(), v.minValue(0));
const text = v.string();
const list = <S extends v.GenericSchema>(schema: S) => v.pipe(v.array(schema), v.readonly());
const cursor = v.nullable(text);
const page = <S extends v.GenericSchema>(row: S) =>
  v.object({
    rows: list(row),
    next: v.pipe(cursor, v.description('For `after`. A page may be short and still have one.')),
    previous: v.pipe(cursor, v.description('For `before`.')),
  });
const where = { country: text, region: text, city: text };

export const PersonAnswer = v.object({
  id: text,
  n: v.pipe(count, v.description('Visitor N; 0: never on a website.')),
  name: text,
  email: text,
  firstSeenAt: ms,
  lastSeenAt: ms,
  visits: count,
  pages: count,
  totalMs: ms,
  running: v.pipe(
    v.nullable(v.object({ visit: text, ms })),
    v.description('The latest visit while it goes on, and what `totalMs` has of it: up to its last activity.'),
  ),
  ...where,
  browser: text,
  os: text,
  device: text,
  site: text,
  source: text,
  referrerHost: text,
  campaign: text,
  conversations: count,
  goals: v.record(text, count),
  website: v.boolean(),
}) satisfies v.GenericSchema<unknown, HistoryPerson>;
export const PeopleAnswer = page(PersonAnswer) satisfies v.GenericSchema<unknown, HistoryPage<HistoryPerson>>;

type Visit = Omit<HistoryVisit, 'ip'> & { ip?: string | undefined };
export const VisitAnswer = v.object({
  id: text,
  visitor: text,
  n: count,
  name: text,
  site: text,
  startedAt: ms,
  lastActivityAt: ms,
  endedAt: v.nullable(ms),
  totalMs: ms,
  pages: count,
  trail: list(v.object({ at: ms, url: text, title: text })),
  ...where,
  browser: text,
  browserVersion: text,
  os: text,
  device: text,
  lang: text,
  timeZone: text,
  referrer: text,
  referrerHost: text,
  campaign: text,
  source: text,
  context: text,
  ip: v.optional(v.pipe(text, v.description('As masked by the workspace.'))),
  organisation: text,
  conversations: v.pipe(count, v.description('Begun during the visit, or written into by its visitor in a quarter-hour of it.')),
  botMs: v.pipe(ms, v.description('How long AI agents had those that were begun during it, together.')),
  goals: list(v.object({ goal: text, at: ms, value: v.number(), currency: text })),
}) satisfies v.GenericSchema<unknown, Visit>;
export const VisitsAnswer = page(VisitAnswer) satisfies v.GenericSchema<unknown, HistoryPage<Visit>>;

export const ReplayShape = v.object({
  from: ms,
  to: ms,
  readAt: v.pipe(ms, v.description('Up to a quarter-hour ago: what happened since is not in it.')),
  visits: list(v.pipe(v.tuple([v.number(), v.number(), v.number(), v.number(), v.number()]), v.readonly())),
  places: list(v.pipe(v.tuple([text, text, text, v.number(), v.number(), v.picklist([0, 1])]), v.readonly())),
  next: cursor,
}) satisfies v.GenericSchema<unknown, ReplayAnswer>;
