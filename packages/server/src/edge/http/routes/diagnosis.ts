/** Where somebody looks when a visit is not where, or who, they expect: how Foyer sees the browser that asks, and what it leaves out. */
import { Hints, leftOutRule, leftOutText } from '@foyer/protocol';
import * as v from 'valibot';
import { FilteredAnswer, SeenAnswer } from '../answers.ts';
import type { HttpDeps } from '../deps.ts';
import type { Endpoints } from '../endpoint.ts';
import { flag, MAX_TIME_MS, wholeNumber, words } from '../query.ts';
import { invalid, REFUSALS, reply } from '../replies.ts';
import { filteredVisitOf } from '../shapes.ts';

const HOUR_MS = 3_600_000;
const QUARTER_MS = HOUR_MS / 4;
const MOST_RULES = 200;

const SeenQuery = v.strictObject({
  site: v.optional(words(64, 'Seen by this site, by its id; else by the oldest.')),
  timeZone: v.optional(words(60, 'What the page says: IANA time zone.'), ''),
  screen: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^\d{1,6}(\.\d+)?(x\d{1,6}(\.\d+)?){1,2}$/, 'width x height is needed, such as 1920x1080'),
      v.description('What the page says: `1920x1080`, with the pixel ratio behind another `x`.'),
      v.transform((sides) => sides.split('x').slice(0, 2).map(Number).map(Math.round).join(' × ')),
    ),
  ),
  webdriver: v.optional(flag('What the page says: navigator.webdriver.'), 'false'),
  gpc: v.optional(flag('What the page says: navigator.globalPrivacyControl.'), 'false'),
  dnt: v.optional(flag('What the page says: navigator.doNotTrack.'), 'false'),
  hints: v.optional(
    v.pipe(
      v.string(),
      v.maxLength(2_000),
      v.description('What the page says: client hints as JSON, as in `hello`. The tracker says none.'),
      v.rawTransform(({ dataset, addIssue, NEVER }): Hints => {
        try {
          return v.parse(Hints, JSON.parse(dataset.value));
        } catch {
          addIssue({ message: 'client hints are needed as JSON, as in `hello`' });
          return NEVER;
        }
      }),
    ),
  ),
});

const FilteredQuery = v.strictObject({
  site: v.optional(words(64, 'Only this site, by its id.')),
  rule: v.optional(words(80, 'Visits of this rule only; the counts stay those of all rules.')),
  before: v.optional(
    v.pipe(
      v.string(),
      v.regex(/^\d{1,16}\.[\w-]{1,64}$/, 'the `next` of an earlier answer is needed'),
      v.description('`next` of the page before.'),
      v.transform((cursor) => {
        const dot = cursor.indexOf('.');
        return { startedAt: Math.min(Number(cursor.slice(0, dot)), MAX_TIME_MS), visit: cursor.slice(dot + 1) };
      }),
    ),
  ),
  limit: v.optional(wholeNumber({ min: 1, max: 200, about: 'Visits to answer.' }), '50'),
});

export function diagnosisRoutes({ guarded }: Endpoints, { directory, history, clock, seen }: HttpDeps): void {
  guarded({
    method: 'get',
    path: '/seen',
    tag: 'Visitors',
    access: 'visitors.see',
    status: 200,
    query: SeenQuery,
    answer: SeenAnswer,
    refuses: [404],
    summary: 'How Foyer sees the browser that asks',
    about:
      'What a visit of this browser would look like, by the same code, from the request and what the page says in the query. Nothing is stored or logged; the whole address is that of who asks.',
    async handle({ actor, request, client, query }) {
      const site = query.site === undefined ? directory.sites(actor.workspace)[0] : directory.site(query.site);
      const settings = directory.settings(actor.workspace);
      if (site?.workspace !== actor.workspace || settings === null) return REFUSALS.notFound;
      const { timeZone, screen = '', gpc, dnt, hints, webdriver: auto } = query;
      return reply(
        seen({
          remoteAddress: client.remoteAddress,
          header: (name) => request.headers.get(name) ?? undefined,
          told: { timeZone, screen, gpc, dnt, hints, auto },
          site,
          settings,
        }),
      );
    },
  });

  guarded({
    method: 'get',
    path: '/filtered',
    tag: 'Visitors',
    access: 'visitors.see',
    tracking: true,
    status: 200,
    query: FilteredQuery,
    answer: FilteredAnswer,
    refuses: [404],
    summary: 'Visits of the last 24 h that are in no count, by rule and one by one',
    about:
      'From `since`, a quarter-hour at least 24 h ago. Bots, scripts, automated browsers, the own team and left-out addresses. A field your role may not see is absent.',
    async handle({ actor, query }) {
      const { site, rule, before, limit } = query;
      if (site !== undefined && directory.site(site)?.workspace !== actor.workspace) return REFUSALS.notFound;
      if (before !== undefined && before.visit === '') return invalid({ before: 'the `next` of an earlier answer is needed' });
      const since = Math.floor((clock.now() - 24 * HOUR_MS) / QUARTER_MS) * QUARTER_MS;
      const scope = { workspace: actor.workspace, since, ...(site === undefined ? {} : { site }) };
      const [reasons, visits] = await Promise.all([
        history.leftOutReasons({ ...scope, limit: MOST_RULES }),
        history.leftOutVisits({
          ...scope,
          ...(rule === undefined ? {} : { reason: leftOutText(rule) }),
          ...(before === undefined ? {} : { before }),
          limit: limit + 1,
        }),
      ]);
      const shown = visits.slice(0, limit);
      const last = shown.at(-1);
      return reply({
        since,
        rules: reasons.map(({ reason, visits: count, lastAt }) => ({ rule: leftOutRule(reason), text: reason, visits: count, lastAt })),
        visits: shown.map((visit) => filteredVisitOf(actor.role, visit)),
        next: last !== undefined && visits.length > limit ? `${last.startedAt}.${last.visit}` : null,
      });
    },
  });
}
