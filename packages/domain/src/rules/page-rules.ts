import type { RuleOutcome } from '@foyer/protocol';
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
