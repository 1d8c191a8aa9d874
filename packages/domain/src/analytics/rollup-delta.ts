/** Quarter-hours are UTC; days, weeks and months begin in the workspace's zone. */
export const STEPS = ['quarter', 'day', 'week', 'month'] as const;
export type Step = (typeof STEPS)[number];

/**
 * What is counted, by what. `visits`, `pages` and `amount` of a row mean:
 * visits (`total` … `campaign`): visits, page views; `amount` of `total`: time on site, ms. `bounce`: visits of one page.
 * goals: visits that reached it, how often; `goal_value` (by currency): `amount` in thousandths. `goal_country`: by country.
 * conversations (`chat` … ): conversations, or messages; `amount` ms. A value of two parts has a tab between them.
 */
export const DIMENSIONS = [
  'total',
  'filtered',
  'browser',
  'os',
  'device',
  'country',
  'page',
  'referrer',
  'city',
  'campaign',
  'language',
  'source',
  'traffic',
  'bounce',
  'goal',
  'goal_value',
  'goal_country',
  'chat',
  'chat_country',
  'message',
  'first_reply',
  'resolution',
  'rating',
  'bot',
  'agent_chat',
  'agent_message',
  'agent_first_reply',
  'agent_resolution',
  'agent_rating',
] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** Dimensions whose number of values a site's visitors choose: kept to the top of each day. */
export const OPEN_DIMENSIONS = [
  'page',
  'referrer',
  'city',
  'campaign',
  'language',
  'goal',
  'goal_value',
  'goal_country',
] as const satisfies readonly Dimension[];

/** The value under which everything below the top of an open dimension is counted. */
export const OTHER = '(other)';

export interface Counts {
  visits: number;
  pages: number;
  /** Visitors whose first visit of this period on this *site* it was. */
  visitors: number;
  /** Visitors whose first visit of this period in the *workspace* it was: what adds up over sites. */
  workspaceVisitors: number;
  /** See `DIMENSIONS`; 0 in most. */
  amount: number;
}

export interface RollupChange extends Counts {
  readonly workspace: string;
  readonly site: string;
  readonly step: Step;
  readonly from: number;
  readonly dimension: Dimension;
  readonly value: string;
}

/** One period of one site, by dimension and value. */
export class RollupBucket {
  readonly workspace: string;
  readonly site: string;
  readonly step: Step;
  readonly from: number;
  readonly #byDimension = new Map<Dimension, Map<string, Counts>>();

  constructor(workspace: string, site: string, step: Step, from: number) {
    this.workspace = workspace;
    this.site = site;
    this.step = step;
    this.from = from;
  }

  add(dimension: Dimension, value: string, visits: number, pages: number, visitors = 0, workspaceVisitors = 0, amount = 0): void {
    let values = this.#byDimension.get(dimension);
    if (!values) this.#byDimension.set(dimension, (values = new Map()));
    const counts = values.get(value);
    if (counts) {
      counts.visits += visits;
      counts.pages += pages;
      counts.visitors += visitors;
      counts.workspaceVisitors += workspaceVisitors;
      counts.amount += amount;
    } else values.set(value, { visits, pages, visitors, workspaceVisitors, amount });
  }

  *entries(): Generator<[Dimension, string, Counts]> {
    for (const [dimension, values] of this.#byDimension)
      for (const [value, counts] of values)
        if (counts.visits || counts.pages || counts.visitors || counts.workspaceVisitors || counts.amount) yield [dimension, value, counts];
  }
}

/**
 * What a batch of visits changes in the rollups, added up so that the store writes each row once.
 * A thousand arrivals touch some fifteen thousand counters but only a few hundred rows.
 */
export class RollupDelta {
  readonly #buckets = new Map<string, RollupBucket>();
  /** Batches are nearly all of one site and one moment: the last bucket of each step answers without building a key. */
  readonly #last = new Map<Step, RollupBucket>();

  bucket(workspace: string, site: string, step: Step, from: number): RollupBucket {
    const last = this.#last.get(step);
    if (last && last.from === from && last.site === site && last.workspace === workspace) return last;
    const key = `${step}\n${from}\n${site}\n${workspace}`;
    let bucket = this.#buckets.get(key);
    if (!bucket) this.#buckets.set(key, (bucket = new RollupBucket(workspace, site, step, from)));
    this.#last.set(step, bucket);
    return bucket;
  }

  buckets(): Iterable<RollupBucket> {
    return this.#buckets.values();
  }

  *changes(): Generator<RollupChange> {
    for (const bucket of this.buckets()) {
      const { workspace, site, step, from } = bucket;
      for (const [dimension, value, counts] of bucket.entries()) yield { workspace, site, step, from, dimension, value, ...counts };
    }
  }
}
