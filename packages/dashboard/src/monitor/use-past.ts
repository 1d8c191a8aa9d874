import type { PastFigures } from '@foyer/protocol';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useLive } from '../app/live.ts';
import type { LivePast } from '../live/console-client.ts';

const nothing = (): (() => void) => () => {};

/** Visits of today, of the month and of seven days, as long as the page is open. A handle: only who shows them renders when they change. */
export function useLivePast(site: string | undefined): LivePast | null {
  const { client } = useLive();
  const [past, setPast] = useState<LivePast | null>(null);
  useEffect(() => {
    const opened = client.openPast(site);
    setPast(opened);
    return () => opened.close();
  }, [client, site]);
  return past;
}

/** null: not heard yet. */
export const usePast = (past: LivePast | null): PastFigures | null =>
  useSyncExternalStore(past?.subscribe ?? nothing, () => past?.get() ?? null);
