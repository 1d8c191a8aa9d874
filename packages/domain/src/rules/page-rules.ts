import type { RuleOutcome } from '@foyer/protocol';
import { cleanUrl, keptParams } from '../link/page-url.ts';
import type { ContextRules } from './context-rules.ts';
import { CHECKOUT, type Goals } from './goals.ts';

/** What a page is, and which goals a visit to it reaches. */
export interface PageVerdict {
  readonly context: RuleOutcome;
  readonly goals: readonly string[];
}
/** Of a site without rules. */
export const NO_VERDICT: PageVerdict = { context: 'none', goals: [] };

/** A shop has thousands of addresses and most views are of a few hundred. */
const MOST_REMEMBERED = 2_000;

/** The rules of one site, and what they said of the pages it was asked about. Cost: a look-up, or one judgement. */
export class PageRules {
  readonly contexts: ContextRules;
  readonly goals: Goals;
  readonly #said = new Map<string, PageVerdict>();

  constructor(contexts: ContextRules, goals: Goals) {
    this.contexts = contexts;
    this.goals = goals;
  }

  /** What a site that keeps these parameters lets its tabs tell of a query, so that its rules can decide. */
  kept(params: readonly string[]): string {
    return keptParams(params, [...new Set([...this.contexts.present, ...this.goals.present])]);
  }

  /**
   * The address of a page as agents see it and rules judge it: what the site does not keep is gone. Of a parameter that only has to be
   * there the name stays, and only where that decides something, so that a page does not become two. '' for what is no page.
   */
  clean(url: string, { params, hashRouting: hash }: { readonly params: readonly string[]; readonly hashRouting: boolean }): string {
    const kept = cleanUrl(url, { keep: this.kept(params), hash });
    if (!/^http/i.test(kept)) return '';
    if (!kept.includes('?')) return kept;
    const bare = cleanUrl(kept, { keep: keptParams(params), hash });
    return bare === kept || !isSame(this.judge(bare), this.judge(kept)) ? kept : bare;
  }

  judge(url: string): PageVerdict {
    let verdict = this.#said.get(url);
    if (!verdict) {
      const context = this.contexts.judge(url);
      const goals = this.goals.ofPage(url);
      const isDone = context === 'done' && this.goals.isOn(CHECKOUT) && !goals.includes(CHECKOUT);
      verdict = { context, goals: isDone ? [...goals, CHECKOUT] : goals };
      if (this.#said.size >= MOST_REMEMBERED) this.#said.clear();
      this.#said.set(url, verdict);
    }
    return verdict;
  }
}

const isSame = (a: PageVerdict, b: PageVerdict): boolean => a.context === b.context && a.goals.join() === b.goals.join();
