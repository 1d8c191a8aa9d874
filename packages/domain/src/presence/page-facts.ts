/** What the pages of a visit are, its cart and its goals: kept on the visit, decided by domain/rules. */
import type { ReachedGoal } from '@foyer/protocol';
import type { RareFacts, TabState, VisitTable } from '../board/index.ts';
import { badgeContext, cartAfter, type CartEvent, CHECKOUT, pageContext, type PageVerdict, reach } from '../rules/index.ts';
import type { Declared, StoredVisit } from './facts.ts';
import { currentTab } from './tabs.ts';

/** Of a tab whose page has said nothing. */
export const UNDECLARED = { context: 'none', declared: 'none', declaredN: 0, declaredItems: null } as const;

export function rareOf(table: VisitTable, slot: number): RareFacts {
  let rare = table.rare.get(slot);
  if (!rare) {
    rare = {};
    table.rare.set(slot, rare);
  }
  return rare;
}

/** A page view that counts. Answers whether it reached a goal. */
export function seePage(table: VisitTable, slot: number, tab: TabState, verdict: PageVerdict, at: number): boolean {
  // What was declared was of the checkout that is over now.
  if (verdict.context === 'done') tab.declared = 'none';
  if (tab.declared === 'none') cart(table, slot, { saw: verdict.context });
  let isNews = false;
  for (const goal of verdict.goals) if (reachGoal(table, slot, { goal, at, value: 0, currency: '' })) isNews = true;
  return isNews;
}

export function declare(table: VisitTable, slot: number, tab: TabState, { kind, items }: Declared): void {
  // A tab that comes back says it again: what has happened to the cart since then stands.
  const isRepeat = tab.declared === kind && tab.declaredItems === items && tab.declaredN === tab.shownN;
  tab.declared = kind;
  tab.declaredItems = items;
  tab.declaredN = tab.shownN;
  if (!isRepeat) cart(table, slot, { declared: kind, items });
}

/** The tab comes to another page: what was declared was of the one before. What that did to the cart stands. */
export function undeclare(tab: TabState): void {
  tab.declared = UNDECLARED.declared;
  tab.declaredN = UNDECLARED.declaredN;
  tab.declaredItems = UNDECLARED.declaredItems;
}

/** false: it is no news. */
export function reachGoal(table: VisitTable, slot: number, reached: ReachedGoal): boolean {
  const before = table.rare.get(slot)?.goals ?? [];
  const after = reach(before, reached);
  if (after === before) return false;
  keepGoals(table, slot, after);
  if (reached.goal === CHECKOUT) cart(table, slot, { reached: CHECKOUT });
  return true;
}

/** The badge of the tab whose page the visit shows. */
export function showContext(table: VisitTable, slot: number, tab: TabState): void {
  const context = badgeContext(pageContext(tab.declared, tab.context), table.cart[slot] === 1);
  table.setText(slot, 'context', context === 'none' ? '' : context);
}

/** Of a visit that was not listed. */
export function takeStoredFacts(table: VisitTable, slot: number, stored: StoredVisit): void {
  table.setText(slot, 'context', stored.context);
  table.cart[slot] = hadCart(stored) ? 1 : 0;
  keepGoals(table, slot, stored.goals);
}

/** Of a visit that goes on here: what the store knows was before what happened here. */
export function mergeStoredFacts(table: VisitTable, slot: number, stored: StoredVisit): void {
  const here = table.rare.get(slot)?.goals ?? [];
  keepGoals(table, slot, here.reduce(reach, stored.goals));
  const tab = currentTab(table.tabs[slot]!);
  const isOver = tab?.context === 'done' || here.some(({ goal }) => goal === CHECKOUT);
  if (!isOver && hadCart(stored)) table.cart[slot] = 1;
  if (tab) showContext(table, slot, tab);
  else if (table.text.context[slot] === 0) table.setText(slot, 'context', stored.context);
}

/** The badge says so: it is shown for as long as the cart holds. */
const hadCart = ({ context }: StoredVisit): boolean => context === 'cart' || context === 'checkout';

function cart(table: VisitTable, slot: number, event: CartEvent): void {
  table.cart[slot] = cartAfter(table.cart[slot] === 1, event) ? 1 : 0;
}

function keepGoals(table: VisitTable, slot: number, goals: readonly ReachedGoal[]): void {
  if (goals.length === 0) return;
  rareOf(table, slot).goals = goals;
  table.setText(slot, 'goals', goals.map(({ goal }) => goal).join(' '));
}
