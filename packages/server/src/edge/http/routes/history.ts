import { maskFor } from '@foyer/domain';
import { calendarOf, sourceName } from '@foyer/domain/analytics';
import type { HistoryPerson, HistoryVisit, Role } from '@foyer/protocol';
import * as v from 'valibot';
import { csvStream } from '../../../history/csv.ts';
import { isCursor } from '../../../history/cursor.ts';
import type { PastFilter, PastQuery, PastVisitRow, PersonRow } from '../../../ports/history-store.ts';
import type { Actor } from '../../../team/sessions.ts';
import type { HttpDeps } from '../deps.ts';
import type { Endpoints } from '../endpoint.ts';
import { flag, wholeNumber, words } from '../query.ts';
import { invalid, REFUSALS, reply, type Refusal } from '../replies.ts';
import { PeopleAnswer, PersonAnswer, VisitAnswer, VisitsAnswer } from './history-answers.ts';

const filters = {
  text: v.optional(
    words(
      200,
      'All of these words, the last may be a beginning; those joined by / or - next to one another: in names, addresses, Visitor numbers, places, pages and referrers. Or a visitor id.',
    ),
  ),
  site: v.optional(words(64, 'Only this site, by its id.')),
  country: v.optional(words(2, 'ISO 3166 alpha-2.')),
  source: v.optional(words(30, 'widget, api, playground, whatsapp or fluent_support.')),
  campaign: v.optional(words(300, 'Exactly.')),
  goal: v.optional(words(300, 'Reached this goal, by its id.')),
  conversation: v.optional(flag('Only with, or only without a conversation.')),
  website: v.optional(flag('Only who was on a website, or only who was not.')),
  from: v.optional(words(10, 'First day, YYYY-MM-DD in the zone of the workspace: when visits began, when people were last seen.')),
  to: v.optional(words(10, 'Last day, included.')),
};
const paged = {
  after: v.optional(words(500, '`next` of the page before.')),
  before: v.optional(words(500, '`previous` of the page after.')),
  limit: v.optional(wholeNumber({ min: 1, max: 200, about: 'Rows to answer.' }), '50'),
};
const Filters = v.strictObject(filters);
const Paged = v.strictObject({ ...filters, ...paged });
/** What may be the id of a visitor: looked up before it is taken for words. */
const VISITOR_ID = /^[\w-]{8,64}$/;
/** Read at once for a file: about 10 ms of the reports' thread, and never any of the writer's. */
const CSV_ROWS = 200;

export function historyRoutes({ guarded }: Endpoints, { directory, history }: HttpDeps): void {
  async function filterOf(
    actor: Actor,
    q: v.InferOutput<typeof Filters>,
  ): Promise<{ ok: true; filter: PastFilter & { workspace: string } } | Refusal> {
    const { workspace } = actor;
    if (q.site !== undefined && directory.site(q.site)?.workspace !== workspace) return REFUSALS.notFound;
    const calendar = calendarOf(directory.workspace(workspace)?.settings.timeZone ?? 'UTC');
    const from = q.from === undefined ? undefined : calendar.dayOf(q.from);
    const last = q.to === undefined ? undefined : calendar.dayOf(q.to);
    if (from === null) return invalid({ from: `${q.from} is no day in ${calendar.timeZone}` });
    if (last === null) return invalid({ to: `${q.to} is no day in ${calendar.timeZone}` });
    if (from !== undefined && last !== undefined && last < from) return invalid({ to: 'must not be before `from`' });
    const { site, country, source, campaign, goal, website } = q;
    // 25.5 h later it is the next day, however long this one is.
    const to = last === undefined ? undefined : calendar.dayStart(last + 91_800_000);
    const typed = q.text?.trim();
    const isVisitor = typed !== undefined && VISITOR_ID.test(typed) && (await history.lastMet({ workspace, visitors: [typed] })).length > 0;
    const who = isVisitor ? { visitor: typed } : { text: q.text };
    const filter = { workspace, ...who, site, country: country?.toUpperCase(), source, campaign, goal, website, from, to };
    return { ok: true, filter: { ...filter, withConversation: q.conversation } };
  }
  async function queryOf(actor: Actor, q: v.InferOutput<typeof Paged>): Promise<{ ok: true; query: PastQuery } | Refusal> {
    const found = await filterOf(actor, q);
    if (!found.ok) return found;
    if (q.after !== undefined && q.before !== undefined) return invalid({ before: 'not together with `after`' });
    for (const name of ['after', 'before'] as const)
      if (q[name] !== undefined && !isCursor(q[name])) return invalid({ [name]: 'is not from a page of this list' });
    return { ok: true, query: { ...found.filter, after: q.after, before: q.before, limit: q.limit } };
  }
  /** '' of a site that was deleted. */
  const siteName = (id: string): string => directory.site(id)?.name ?? '';
  const common = { method: 'get', tag: 'History', access: 'visitors.see', status: 200, refuses: [404] } as const;
  const about =
    'Newest first. With `text` in the order in which they were first stored. One page reads at most 5,000 rows: where a filter lets few through it may be short, with a `next`.';

  guarded({
    ...common,
    path: '/history/people',
    query: Paged,
    answer: PeopleAnswer,
    summary: 'Everybody who was on a website or has a conversation',
    about,
    async handle({ actor, query: asked }) {
      const q = await queryOf(actor, asked);
      if (!q.ok) return q;
      const { rows, next, previous } = await history.people(q.query);
      return reply({ rows: rows.map(personOf), next, previous });
    },
  });

  guarded({
    ...common,
    path: '/history/visits',
    query: Paged,
    answer: VisitsAnswer,
    tracking: true,
    summary: 'Visits, past ones and those that go on, with their pages',
    about,
    async handle({ actor, query: asked }) {
      const q = await queryOf(actor, asked);
      if (!q.ok) return q;
      const { rows, next, previous } = await history.pastVisits(q.query);
      return reply({ rows: rows.map((row) => visitOf(actor.role, row)), next, previous });
    },
  });

  guarded({
    ...common,
    path: '/history/people/:id',
    answer: PersonAnswer,
    summary: 'One of them, by their id',
    async handle({ actor, param }) {
      const { rows } = await history.people({ workspace: actor.workspace, visitor: param('id'), limit: 1 });
      return rows[0] === undefined ? REFUSALS.notFound : reply(personOf(rows[0]));
    },
  });

  guarded({
    ...common,
    path: '/history/visits/:id',
    answer: VisitAnswer,
    tracking: true,
    summary: 'One visit, by its id',
    async handle({ actor, param }) {
      const { rows } = await history.pastVisits({ workspace: actor.workspace, visit: param('id'), limit: 1 });
      return rows[0] === undefined ? REFUSALS.notFound : reply(visitOf(actor.role, rows[0]));
    },
  });

  guarded({
    ...common,
    path: '/history/people.csv',
    query: Filters,
    produces: ['text/csv'],
    summary: 'The same people as a file',
    async handle({ actor, query: asked }) {
      const found = await filterOf(actor, asked);
      if (!found.ok) return found;
      const page = (after: string | undefined) => history.people({ ...found.filter, after, limit: CSV_ROWS });
      return reply(
        asFile('people', csvStream({ head: PERSON_HEAD, page, fieldsOf: (row) => personFields(personOf(row), siteName(row.site)) })),
      );
    },
  });

  guarded({
    ...common,
    path: '/history/visits.csv',
    query: Filters,
    tracking: true,
    produces: ['text/csv'],
    summary: 'The same visits as a file',
    async handle({ actor, query: asked }) {
      const found = await filterOf(actor, asked);
      if (!found.ok) return found;
      const page = (after: string | undefined) => history.pastVisits({ ...found.filter, after, limit: CSV_ROWS });
      return reply(
        asFile(
          'visits',
          csvStream({ head: VISIT_HEAD, page, fieldsOf: (row) => visitFields(visitOf(actor.role, row), siteName(row.visit.site)) }),
        ),
      );
    },
  });
}

const asFile = (name: string, body: ReadableStream<Uint8Array>): Response =>
  new Response(body, {
    headers: { 'content-type': 'text/csv; charset=utf-8; header=present', 'content-disposition': `attachment; filename="${name}.csv"` },
  });

function personOf({ person, number, timeMs, ...row }: PersonRow): HistoryPerson {
  return { id: person, n: number, totalMs: timeMs, website: row.visits > 0, ...row };
}

function visitOf(role: Role, { visit: r, number, conversations, botMs }: PastVisitRow): HistoryVisit {
  const { visitor, name, site, startedAt, lastActivityAt, endedAt, pages, trail, country, region, city, browser, browserVersion } = r;
  const { os, device, lang, timeZone, referrer, referrerHost, campaign, source, context, organisation, goals } = r;
  const shown = {
    ...{
      id: r.visit,
      visitor,
      n: number,
      name,
      site,
      startedAt,
      lastActivityAt,
      endedAt,
      totalMs: Math.max(0, lastActivityAt - startedAt),
    },
    ...{ pages, trail, country, region, city, browser, browserVersion, os, device, lang, timeZone, referrer, referrerHost, campaign },
    ...{ source: sourceName(source), context, organisation, conversations, botMs, goals },
  };
  return maskFor(role).includes('ip') ? shown : { ...shown, ip: r.ip };
}

const time = (at: number): string => new Date(at).toISOString();
const seconds = (ms: number): number => Math.round(ms / 1_000);
const PERSON_HEAD = 'id,visitor_number,name,email,first_seen,last_seen,visits,pages,seconds,country,region,city,browser,os,device,site,site_id,source,referrer,campaign,conversations,goals'.split(','); // prettier-ignore
const personFields = (p: HistoryPerson, site: string): (string | number)[] => [
  ...[p.id, p.n, p.name, p.email, time(p.firstSeenAt), time(p.lastSeenAt), p.visits, p.pages, seconds(p.totalMs)],
  ...[p.country, p.region, p.city, p.browser, p.os, p.device, site, p.site, p.source, p.referrerHost, p.campaign, p.conversations],
  Object.entries(p.goals).map(([goal, times]) => `${goal} × ${times}`).join('; '), // prettier-ignore
];
const VISIT_HEAD = 'id,visitor,visitor_number,name,site,site_id,started,last_activity,ended,seconds,pages,first_page,last_page,country,region,city,browser,os,device,language,referrer,campaign,source,ip,conversations,bot_seconds,goals'.split(','); // prettier-ignore
const visitFields = (r: HistoryVisit, site: string): (string | number)[] => [
  ...[r.id, r.visitor, r.n, r.name, site, r.site, time(r.startedAt), time(r.lastActivityAt), r.endedAt === null ? '' : time(r.endedAt)],
  ...[seconds(r.totalMs), r.pages, r.trail[0]?.url ?? '', r.trail.at(-1)?.url ?? '', r.country, r.region, r.city, r.browser, r.os],
  ...[
    r.device,
    r.lang,
    r.referrer,
    r.campaign,
    r.source,
    r.ip ?? '',
    r.conversations,
    seconds(r.botMs),
    r.goals.map(({ goal }) => goal).join('; '),
  ],
];
