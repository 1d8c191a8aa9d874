import * as v from 'valibot';
import { isCursor } from '../../../history/cursor.ts';
import { Replay } from '../../../history/replay.ts';
import type { HttpDeps } from '../deps.ts';
import type { Endpoints } from '../endpoint.ts';
import { MAX_TIME_MS, wholeNumber, words } from '../query.ts';
import { invalid, REFUSALS, reply } from '../replies.ts';
import { ReplayShape } from './history-answers.ts';

const DAY_MS = 86_400_000;
const QUARTER_MS = 900_000;
const ReplayQuery = v.strictObject({
  from: v.optional(wholeNumber({ min: 0, max: MAX_TIME_MS, about: 'Epoch milliseconds. Default: a day before `to`.' })),
  to: v.optional(wholeNumber({ min: 0, max: MAX_TIME_MS, about: 'Epoch milliseconds, at most a day later. Default: now.' })),
  site: v.optional(words(64, 'Only this site, by its id.')),
  after: v.optional(words(500, '`next` of the page before.')),
});

export function replayRoutes({ guarded }: Endpoints, { directory, history, countedBy }: HttpDeps): void {
  const replay = new Replay(history);
  guarded({
    method: 'get',
    path: '/replay',
    tag: 'History',
    access: 'visitors.see',
    tracking: true,
    status: 200,
    query: ReplayQuery,
    answer: ReplayShape,
    refuses: [404],
    summary: 'Who came and went in at most a day, for playing it on the map',
    about:
      'Widened to whole quarter-hours. A visit is `[Visitor N, second it came, second it left or -1, place, pages]`, seconds since `from`, places by their index in `places` of the same page, -1 unknown. At most 10,000 visits a page, about 30 bytes each.',
    async handle({ actor, query }) {
      const now = countedBy();
      const to = query.to ?? now;
      const from = query.from ?? to - DAY_MS;
      if (query.site !== undefined && directory.site(query.site)?.workspace !== actor.workspace) return REFUSALS.notFound;
      if (from >= to) return invalid({ to: 'must be after `from`' });
      if (to - from > DAY_MS + QUARTER_MS) return invalid({ to: 'at most a day after `from`' });
      if (query.after !== undefined && !isCursor(query.after)) return invalid({ after: 'is not from a page of this list' });
      const { workspace } = actor;
      const q = { workspace, from, to, after: query.after, now };
      return reply(await replay.read(query.site === undefined ? q : { ...q, site: query.site }));
    },
  });
}
