import { maskFor } from '@foyer/domain';
import { addressStart } from '@foyer/domain/privacy';
import { READS, REQUEST_SOURCES, type RequestEntry, type RequestLogPage, type RequestTops } from '@foyer/protocol';
import * as v from 'valibot';
import { isCursor } from '../../../history/cursor.ts';
import { REQUESTS_KEPT_DAYS } from '../../../history/request-log.ts';
import type { HttpDeps } from '../deps.ts';
import { type Endpoints, REQUEST_LOG_TAG } from '../endpoint.ts';
import { flag, MAX_TIME_MS, wholeNumber, words } from '../query.ts';
import { invalid, refuse, reply } from '../replies.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const ms = v.pipe(v.number(), v.integer(), v.minValue(0));
const text = v.string();
const list = <S extends v.GenericSchema>(schema: S) => v.pipe(v.array(schema), v.readonly());
const cursor = v.nullable(text);

export const RequestsAnswer = v.object({
  rows: list(
    v.object({
      id: text,
      at: ms,
      source: v.picklist(REQUEST_SOURCES),
      endpoint: v.pipe(text, v.description('Route pattern, or the kind of a frame.')),
      method: v.pipe(text, v.description('FRAME over a socket.')),
      status: count,
      latencyMs: count,
      ip: v.optional(v.pipe(text, v.description('As masked by the workspace.'))),
      country: text,
      city: text,
      browser: text,
      error: text,
    }),
  ),
  next: cursor,
  previous: cursor,
  dropped: v.pipe(count, v.description('Not written since the start, because more came than could be.')),
  keptDays: count,
  ipMasked: v.pipe(v.boolean(), v.description('Addresses are stored masked: an address finds all that share its beginning.')),
}) satisfies v.GenericSchema<
  unknown,
  Omit<RequestLogPage, 'rows'> & { rows: readonly (Omit<RequestEntry, 'ip'> & { ip?: string | undefined })[] }
>;

const errors = v.pipe(count, v.description('Answered with 400 or more.'));
export const RequestTopsAnswer = v.object({
  from: ms,
  to: ms,
  endpoints: list(v.object({ endpoint: text, requests: count, errors, meanMs: count })),
  countries: list(v.object({ country: text, requests: count, errors })),
}) satisfies v.GenericSchema<unknown, RequestTops>;

const time = (about: string) => v.optional(wholeNumber({ min: 0, max: MAX_TIME_MS, about }));
const reads = v.optional(
  flag('Also what dashboards read to show their pages, and got (`console_read`). There is so much of it that it is left out otherwise.'),
);
const RequestsQuery = v.strictObject({
  ip: v.optional(
    v.pipe(
      words(50, 'An address, or the beginning of one.'),
      v.check((text) => addressStart(text, 'default') !== null, 'an address is needed, or the beginning of one: 198.51.100 or 2001:db8:'),
    ),
  ),
  endpoint: v.optional(words(200, 'Exactly.')),
  source: v.optional(
    v.pipe(v.picklist(REQUEST_SOURCES, `one of these is needed: ${REQUEST_SOURCES.join(', ')}`), v.description('Where it came from.')),
  ),
  reads,
  status: v.optional(
    v.pipe(
      v.picklist(['2', '3', '4', '5'], 'the first digit of a status is needed: 2, 3, 4 or 5'),
      v.description('First digit of the status.'),
      v.transform(Number),
    ),
  ),
  country: v.optional(
    v.pipe(
      words(4, 'ISO 3166 code of two letters; `none`: those whose country is unknown.'),
      v.regex(/^([A-Za-z]{2}|none)$/, 'a code of two letters is needed'),
      v.transform((code) => (code === 'none' ? '' : code.toUpperCase())),
    ),
  ),
  from: time('Epoch milliseconds, included.'),
  to: time('Epoch milliseconds, not included.'),
  after: v.optional(words(500, '`next` of the page before.')),
  before: v.optional(words(500, '`previous` of the page after.')),
  limit: v.optional(wholeNumber({ min: 1, max: 200, about: 'Rows to answer.' }), '50'),
});
const TopsQuery = v.strictObject({
  reads,
  from: time('Epoch milliseconds; whole hours are counted. Default: a day ago.'),
  to: time('Epoch milliseconds, not included.'),
  limit: v.optional(wholeNumber({ min: 1, max: 200, about: 'Rows of each.' }), '20'),
});
const HOUR_MS = 3_600_000;
/** By so much a caller's clock may be ahead. */
const CLOCKS_APART_MS = HOUR_MS;

export function requestLogRoutes({ guarded }: Endpoints, { directory, history, requestLog, countedBy }: HttpDeps): void {
  guarded({
    method: 'get',
    path: '/request-log',
    tag: REQUEST_LOG_TAG,
    access: 'reports.see',
    status: 200,
    query: RequestsQuery,
    answer: RequestsAnswer,
    refuses: [422],
    summary: 'What was asked of chat and API, newest first',
    about:
      'Kept 30 days. Addresses are as the workspace masks them, so an address, or the beginning of one, is cut the same way and finds all that share what is left of it. What dashboards read by themselves is left out unless `reads`, an endpoint or their source asks for it. One page reads at most 5,000 rows: it may be short, with a `next`.',
    async handle({ actor, query }) {
      const { ip, after, before, from, to } = query;
      const hidden = maskFor(actor.role).includes('ip');
      if (ip !== undefined && hidden) return refuse(403, 'not_allowed', 'Your role may not see addresses.');
      if (after !== undefined && before !== undefined) return invalid({ before: 'not together with `after`' });
      for (const [name, text] of Object.entries({ after, before }))
        if (text !== undefined && !isCursor(text)) return invalid({ [name]: 'is not from a page of this list' });
      if (from !== undefined && to !== undefined && from > to) return invalid({ to: 'must not be before `from`' });
      if (from !== undefined && from > countedBy() + CLOCKS_APART_MS) return invalid({ from: 'lies in the future' });
      const mask = directory.settings(actor.workspace)?.ipMask ?? 'default';
      const masked = ip === undefined ? undefined : (addressStart(ip, mask) ?? '');
      if (masked === '') return invalid({ ip: 'addresses are not stored in this workspace' });
      // Who names an endpoint, or the source itself, asks for them.
      const reads = query.reads === true || query.source === READS || query.endpoint !== undefined;
      const page = await history.requests({ ...query, workspace: actor.workspace, ip: masked, reads });
      return reply({
        rows: page.rows.map(({ workspace: _of, ip: shown, source, ...row }) => ({
          ...row,
          source: REQUEST_SOURCES.find((known) => known === source) ?? 'api',
          ...(hidden ? {} : { ip: shown }),
        })),
        next: page.next,
        previous: page.previous,
        dropped: requestLog?.dropped ?? 0,
        keptDays: REQUESTS_KEPT_DAYS,
        ipMasked: true,
      });
    },
  });

  guarded({
    method: 'get',
    path: '/request-log/tops',
    tag: REQUEST_LOG_TAG,
    access: 'reports.see',
    status: 200,
    query: TopsQuery,
    answer: RequestTopsAnswer,
    refuses: [422],
    summary: 'Endpoints and countries with the most requests',
    async handle({ actor, query }) {
      const to = query.to ?? countedBy() + HOUR_MS;
      const from = query.from ?? to - 25 * HOUR_MS;
      if (from > to) return invalid({ to: 'must not be before `from`' });
      const of = (by: 'endpoint' | 'country') =>
        history.requestTops({ ...query, workspace: actor.workspace, by, from: from - (from % HOUR_MS), to });
      const [endpoints, countries] = await Promise.all([of('endpoint'), of('country')]);
      return reply({
        from: Math.round(from),
        to: Math.round(to),
        endpoints: endpoints.map(({ value, requests, errors: e, latencyMs }) => ({
          endpoint: value,
          requests,
          errors: e,
          meanMs: Math.round(latencyMs / Math.max(1, requests)),
        })),
        countries: countries.map(({ value, requests, errors: e }) => ({ country: value, requests, errors: e })),
      });
    },
  });
}
