import { maskFor } from '@foyer/domain';
import { LIMITS, SORTS } from '@foyer/protocol';
import * as v from 'valibot';
import { DetailAnswer, LiveListAnswer, PastVisitsAnswer, PlacesAnswer } from '../answers.ts';
import type { HttpDeps } from '../deps.ts';
import type { Endpoints } from '../endpoint.ts';
import { flag, wholeNumber, words } from '../query.ts';
import { REFUSALS, refuse, reply } from '../replies.ts';
import { pastVisitOf } from '../shapes.ts';

const VisitorsQuery = v.strictObject({
  filter: v.optional(words(LIMITS.filterChars, 'As typed into the filter bar: `country:de -status:inactive "pricing page"`.'), ''),
  sort: v.optional(v.pipe(v.picklist(SORTS), v.description('What to order by.')), 'arrived'),
  dir: v.optional(v.pipe(v.picklist(['asc', 'desc']), v.description('Newest, longest and most first by default.')), 'desc'),
  limit: v.optional(wholeNumber({ min: 0, max: 1_000, about: 'Rows wanted; `total` says how many there are.' }), '100'),
  site: v.optional(words(64, 'Only this site, by its id.')),
  filtered: v.optional(flag('Only those left out of every count, with their reason.'), 'false'),
});
const PlacesQuery = v.strictObject({
  epoch: words(100, 'From the `hello` of the console socket.'),
  from: v.optional(wholeNumber({ min: 0, max: 10_000_000, about: 'First index wanted.' }), '0'),
});
const PastQuery = v.strictObject({ limit: v.optional(wholeNumber({ min: 1, max: 200, about: 'Visits to answer.' }), '50') });

export function visitorsRoutes({ guarded }: Endpoints, { directory, live, history }: HttpDeps): void {
  guarded({
    method: 'get',
    path: '/visitors',
    tag: 'Visitors',
    access: 'visitors.see',
    tracking: true,
    status: 200,
    query: VisitorsQuery,
    answer: LiveListAnswer,
    refuses: [404],
    summary: 'Visits that are listed right now',
    about:
      '`totals` count what matches, at the moment of the rows: `listed`, `live` (online = chatting + browsing), by status, and those whose place is unknown. A field your role may not see is absent.',
    async handle({ actor, query }) {
      if (query.site !== undefined && directory.site(query.site)?.workspace !== actor.workspace) return REFUSALS.notFound;
      const { filter, sort, dir, limit } = query;
      const scope = { ...(query.site === undefined ? {} : { site: query.site }), ...(query.filtered ? { filtered: true } : {}) };
      const found = await live.list({ workspace: actor.workspace, scope, filter, sort, dir, limit, hidden: maskFor(actor.role) });
      if (!found.ok) return refuse(422, found.error.code, found.error.message);
      const { totals, rows } = found.value;
      return reply({ total: totals.listed, live: totals.live, totals, rows: [...rows] });
    },
  });

  guarded({
    method: 'get',
    path: '/visitors/:id',
    tag: 'Visitors',
    access: 'visitors.see',
    tracking: true,
    status: 200,
    answer: DetailAnswer,
    summary: "One listed visit, by its id or its visitor's",
    async handle({ actor, param }) {
      const detail = await live.detail({ workspace: actor.workspace, id: param('id'), hidden: maskFor(actor.role) });
      return detail === null ? REFUSALS.notFound : reply({ ...detail, trail: [...detail.trail] });
    },
  });

  guarded({
    method: 'get',
    path: '/visitors/:id/visits',
    tag: 'Visitors',
    access: 'visitors.see',
    tracking: true,
    status: 200,
    query: PastQuery,
    answer: PastVisitsAnswer,
    summary: "Visits of one visitor, newest first, by the visitor's id",
    async handle({ actor, query, param }) {
      const visits = await history.visitsOf({ workspace: actor.workspace, visitor: param('id'), limit: query.limit });
      return reply(visits.map((visit) => pastVisitOf(actor.role, visit)).map((visit) => ({ ...visit, trail: [...visit.trail] })));
    },
  });

  guarded({
    method: 'get',
    path: '/places',
    tag: 'Visitors',
    access: 'visitors.see',
    status: 200,
    query: PlacesQuery,
    answer: PlacesAnswer,
    refuses: [404],
    summary: 'Names and coordinates of the places that the cities stream counts',
    about: 'A list that only grows within an epoch: ask again from where yours ends. 404 when the epoch is over.',
    async handle({ query: { epoch, from } }) {
      const places = live.places(epoch, from);
      if (places === null) return refuse(404, 'epoch_over', 'The server has restarted since; open views anew.');
      // An empty answer is not kept: the place that is wanted may be there a moment later.
      const headers = { 'cache-control': places.length === 0 ? 'no-store' : 'private, max-age=86400' };
      return reply({ epoch, from, places: [...places] }, headers);
    },
  });
}
