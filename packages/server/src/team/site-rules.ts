import {
  compileContexts,
  compileGoals,
  type ContextRules,
  defaultEntries,
  goalId,
  type Goals,
  PageRules,
  shippedGoals,
} from '@foyer/domain/rules';
import type { ContextEntry, Goal, UnknownGoal } from '@foyer/protocol';
import type { Clock } from '../ports/clock.ts';
import type { SiteRecord } from '../ports/team-store.ts';
import type { Directory } from './directory.ts';

/** Names that pages declare and nobody has defined, kept of each site: whoever writes them is anybody on the page. */
const MOST_UNKNOWN = 20;
const UNKNOWN_CHARS = 60;

/**
 * SiteRules — what pages of each site are and which goals they reach, compiled.
 *
 * Purpose     a page view asks once; running visits follow changed rules with their next page.
 * Invariants  what holds is what the directory holds: a change of it is compiled when it is next asked for.
 * Bound       the sites of the installation, 2,000 addresses and 20 unknown names each.
 */
export class SiteRules {
  readonly #directory: Pick<Directory, 'contexts' | 'goals' | 'sites' | 'site' | 'onChange'>;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #rules = new Map<string, PageRules>();
  readonly #unknown = new Map<string, Map<string, UnknownGoal>>();

  constructor(directory: Pick<Directory, 'contexts' | 'goals' | 'sites' | 'site' | 'onChange'>, clock: Pick<Clock, 'now'>) {
    this.#directory = directory;
    this.#clock = clock;
    directory.onChange(({ kind, workspace }) => {
      if (kind === 'contexts' || kind === 'goals') for (const { id } of directory.sites(workspace)) this.#rules.delete(id);
      if (kind !== 'sites') return;
      for (const site of this.#rules.keys()) if (!directory.site(site)) this.#forget(site);
    });
  }

  of(site: string): PageRules {
    let rules = this.#rules.get(site);
    if (!rules) {
      rules = new PageRules(contextsOf(this.#directory.contexts(site)), goalsOf(this.goals(site)));
      this.#rules.set(site, rules);
    }
    return rules;
  }

  /** What of a query its tabs may tell. */
  readonly kept = ({ id, params }: Pick<SiteRecord, 'id' | 'params'>): string => this.of(id).kept(params);

  /** The address of its page as agents see it. */
  readonly pageOf = (site: Pick<SiteRecord, 'id' | 'params' | 'hashRouting'>, url: string): string => this.of(site.id).clean(url, site);

  readonly judge = (site: string, url: string): ReturnType<PageRules['judge']> => this.of(site).judge(url);

  contexts(site: string): readonly ContextEntry[] {
    return this.#directory.contexts(site) ?? defaultEntries();
  }

  goals(site: string): readonly Goal[] {
    return this.#directory.goals(site) ?? shippedGoals();
  }

  /** The goal a page means; null, and noted for the team to see: there is none. */
  readonly goalOf = (site: string, said: string): string | null => {
    const goals = this.of(site).goals;
    const goal = goals.named(said);
    const id = goalId(said);
    // One that is off is known.
    if (goal === null && id !== '' && !goals.list.some((known) => known.id === id || goalId(known.name) === id)) this.#note(site, said, id);
    return goal;
  };

  /** Latest first, without those that are defined by now. */
  unknown(site: string): UnknownGoal[] {
    const known = new Set(this.goals(site).flatMap(({ id, name }) => [id, goalId(name)]));
    return [...(this.#unknown.get(site) ?? [])]
      .filter(([id]) => !known.has(id))
      .map(([, goal]) => goal)
      .reverse();
  }

  #note(site: string, said: string, id: string): void {
    const names = this.#unknown.get(site) ?? new Map<string, UnknownGoal>();
    this.#unknown.set(site, names);
    const before = names.get(id);
    names.delete(id);
    names.set(id, {
      name: before?.name ?? said.trim().slice(0, UNKNOWN_CHARS),
      count: (before?.count ?? 0) + 1,
      lastAt: this.#clock.now(),
    });
    for (const oldest of names.keys()) {
      if (names.size <= MOST_UNKNOWN) break;
      names.delete(oldest);
    }
  }

  #forget(site: string): void {
    this.#rules.delete(site);
    this.#unknown.delete(site);
  }
}

let shipped: ContextRules | null = null;

/** Most sites follow what ships: compiled once for all of them. What is stored and no longer compiles (an older version took it) does not count. */
function contextsOf(entries: readonly ContextEntry[] | null): ContextRules {
  const own = entries ? compileContexts(entries) : null;
  if (own?.ok) return own.value;
  if (!shipped) {
    const compiled = compileContexts(defaultEntries());
    if (!compiled.ok) throw new Error(`the rules that ship are wrong: ${JSON.stringify(compiled.error)}`);
    shipped = compiled.value;
  }
  return shipped;
}

function goalsOf(goals: readonly Goal[]): Goals {
  const compiled = compileGoals(goals);
  if (compiled.ok) return compiled.value;
  const withoutPages = compileGoals(goals.map((goal) => ({ ...goal, pages: [] })));
  if (!withoutPages.ok) throw new Error('goals without pages have nothing that could be wrong');
  return withoutPages.value;
}
