/** The rules and goals of the scripted Foyer: the real engine over lists in memory. */
import { compileContexts, compileGoals, completeGoals, defaultEntries, PageRules, shippedGoals, shippedRules } from '@foyer/domain/rules';
import { CONTEXT_SETS, type ContextEntry, type Goal, type UnknownGoal } from '@foyer/protocol';

type Answer = [number, unknown];
const invalid = (fields: Readonly<Record<string, string>>): Answer => [
  400,
  { error: { code: 'invalid', message: 'Something is not right.', fields } },
];

export class FakeRules {
  readonly contexts = new Map<string, readonly ContextEntry[]>();
  readonly goals = new Map<string, readonly Goal[]>();
  unknown: readonly UnknownGoal[] = [];
  /** Refused with this at its field, once. */
  declines: Readonly<Record<string, string>> | null = null;

  contextsOf(site: string): readonly ContextEntry[] {
    return this.contexts.get(site) ?? defaultEntries();
  }
  goalsOf(site: string): readonly Goal[] {
    return this.goals.get(site) ?? shippedGoals();
  }

  /** null: not about rules. */
  answer(route: string, body: Record<string, unknown>): Answer | null {
    const [, method, site = '', what] = /^(\w+) \/sites\/([^/]+)\/(contexts\/try|contexts|goals)$/.exec(route) ?? [];
    if (what === undefined) return null;
    if (method !== 'GET' && this.declines) {
      const fields = this.declines;
      this.declines = null;
      return invalid(fields);
    }
    if (what === 'contexts/try') return this.#try(site, body as { url: string; entries?: ContextEntry[]; goals?: Goal[] });
    if (what === 'contexts') {
      if (method === 'PUT') {
        const entries = body['entries'] as ContextEntry[];
        const compiled = compileContexts(entries);
        if (!compiled.ok) return invalid(compiled.error);
        this.contexts.set(site, entries);
      }
      return [200, { entries: this.contextsOf(site), sets: CONTEXT_SETS.map((set) => ({ set, rules: shippedRules(set) })) }];
    }
    if (method === 'PUT') {
      const complete = completeGoals(body['goals'] as Goal[]);
      if (!complete.ok) return invalid(complete.error);
      this.goals.set(site, complete.value);
      const names = new Set(complete.value.map(({ name }) => name));
      this.unknown = this.unknown.filter(({ name }) => !names.has(name));
    }
    return [200, { goals: this.goalsOf(site), unknown: this.unknown }];
  }

  #try(site: string, { url, entries, goals }: { url: string; entries?: ContextEntry[]; goals?: Goal[] }): Answer {
    const contexts = compileContexts(entries ?? this.contextsOf(site));
    if (!contexts.ok) return invalid(contexts.error);
    const complete = completeGoals(goals ?? [...this.goalsOf(site)]);
    const compiled = complete.ok ? compileGoals(complete.value) : complete;
    if (!compiled.ok) return invalid(compiled.error);
    const full = url.startsWith('/') ? `https://shop.example.com${url}` : url;
    if (!URL.canParse(full))
      return invalid({ url: 'this is no web address: https://shop.example.com/cart, shop.example.com/cart or /cart' });
    return [200, { url: full, ...new PageRules(contexts.value, compiled.value).judge(full), ...contexts.value.explain(full) }];
  }
}
