import { useSyncExternalStore } from 'react';
import type { ListState, VisitList } from '../live/visit-list.ts';
import type { ViewStore } from '../live/view-store.ts';

/** A part of a list's state: who reads only that renders only when it changes. `read` answers a primitive or a kept object. */
export const useListPart = <Part>(list: VisitList, read: (state: ListState) => Part): Part =>
  useSyncExternalStore(list.subscribe, () => read(list.get()));

const nothing = (): (() => void) => () => {};
/** Visits listed; null: not known yet. */
export const useListed = (store: ViewStore | null): number | null =>
  useSyncExternalStore(store?.subscribeTotals ?? nothing, () => store?.totals?.listed ?? null);
/** Whether it is known that nobody is listed. */
export const useNobodyListed = (store: ViewStore | null): boolean =>
  useSyncExternalStore(store?.subscribeTotals ?? nothing, () => store?.totals?.listed === 0);
