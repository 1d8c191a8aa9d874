import type { Goal } from '@foyer/protocol';
import { currentLocale, t } from '../messages/catalogue.ts';

/** Those that ship are called alike everywhere; others as the team calls them now, and one that is no more by its id. */
export function goalWord(id: string, goals: readonly Pick<Goal, 'id' | 'name'>[] | undefined): string {
  const shipped: Readonly<Record<string, string>> = t.words.goals;
  if (Object.hasOwn(shipped, id)) return shipped[id] ?? id;
  return goals?.find((goal) => goal.id === id)?.name ?? id.replaceAll('-', ' ');
}

/** '' when none was said. A currency that nobody knows stays three letters. */
export function goalValue({ value, currency }: { readonly value: number; readonly currency: string }): string {
  if (value === 0) return '';
  return new Intl.NumberFormat(currentLocale(), currency === '' ? {} : { style: 'currency', currency }).format(value);
}
