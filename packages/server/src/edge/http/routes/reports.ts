import * as v from 'valibot';
import { DIMENSIONS, RollupAnswer } from '../answers.ts';
import type { HttpDeps } from '../deps.ts';
import type { Endpoints } from '../endpoint.ts';
import { MAX_TIME_MS, wholeNumber, words } from '../query.ts';
import { invalid, REFUSALS, reply } from '../replies.ts';

const RollupQuery = v.strictObject({
  from: wholeNumber({ min: 0, max: MAX_TIME_MS, about: 'Epoch milliseconds, included.' }),
  to: wholeNumber({ min: 0, max: MAX_TIME_MS, about: 'Epoch milliseconds, not included.' }),
  step: v.optional(
    v.pipe(v.picklist(['quarter', 'day']), v.description('Quarter-hours, or days in the time zone of the workspace.')),
    'day',
  ),
  dimension: v.optional(v.pipe(v.picklist(DIMENSIONS), v.description('What the counts are by.')), 'total'),
  site: v.optional(words(64, 'Only this site, by its id.')),
  limit: v.optional(wholeNumber({ min: 1, max: 10_000, about: 'Rows to answer.' }), '1000'),
});

export function reportsRoutes({ guarded }: Endpoints, { directory, history }: HttpDeps): void {
  guarded({
    method: 'get',
    path: '/reports/visits',
    tag: 'Reports',
    access: 'reports.see',
    tracking: true,
    status: 200,
    query: RollupQuery,
    answer: RollupAnswer,
    refuses: [404],
    summary: 'Visits over time, as they were counted',
    about:
      'Without `site` all sites are added up, and a row’s `site` is empty. `visitors` are counted per day only and 0 in quarter-hours. `filtered` are those left out of everything else, by reason.',
    async handle({ actor, query }) {
      const { from, to, step, dimension, site, limit } = query;
      if (site !== undefined && directory.site(site)?.workspace !== actor.workspace) return REFUSALS.notFound;
      if (from > to) return invalid({ to: 'must not be before `from`' });
      const rows = await history.rollup({
        workspace: actor.workspace,
        dimension,
        step,
        from,
        to,
        limit,
        ...(site === undefined ? {} : { site }),
      });
      return reply({ rows: rows.map(({ amount: _, dimension: _by, ...row }) => ({ ...row, dimension })) });
    },
  });
}
