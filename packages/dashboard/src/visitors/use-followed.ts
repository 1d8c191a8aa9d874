import type { Detail } from '@foyer/protocol';
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { useLive } from '../app/live.ts';
import type { LiveDetail } from '../live/console-client.ts';

const nothing = (): (() => void) => () => {};

/**
 * Follows one visitor wherever they are in the list. Answers a handle, not a value: who needs a part of it subscribes to that part.
 * `looking`: colleagues see that this visitor is open here.
 */
export function useFollow(visitor: string | null, looking: boolean): LiveDetail | null {
  const { client } = useLive();
  const [live, setLive] = useState<{ readonly visitor: string; readonly detail: LiveDetail } | null>(null);
  useEffect(() => {
    if (visitor === null) return setLive(null);
    const detail = client.follow(visitor, { looking });
    setLive({ visitor, detail });
    return () => detail.close();
  }, [client, visitor, looking]);
  return live && live.visitor === visitor ? live.detail : null;
}

/** undefined: not heard yet; null: not listed. */
const useDetail = (live: LiveDetail | null): Detail | null | undefined =>
  useSyncExternalStore(live?.subscribe ?? nothing, () => live?.get());

/** Who has just left the list stays as last known: closing it under the reader's eyes helps nobody. */
export function useLastKnown(live: LiveDetail | null): { readonly detail: Detail | null | undefined; readonly gone: boolean } {
  const now = useDetail(live);
  const last = useRef<{ live: LiveDetail | null; detail: Detail | null }>({ live, detail: null });
  if (last.current.live !== live) last.current = { live, detail: null };
  if (now) last.current.detail = now;
  return { detail: now === null ? last.current.detail : now, gone: now === null && last.current.detail !== null };
}

/** What the map and the list need of the selected visitor. A new object only when one of these changes. */
export interface Selected {
  readonly visitor: string;
  readonly visit: string;
  readonly startedAt: number;
  readonly place: string;
  readonly status: Detail['status'];
}
export function useSelected(live: LiveDetail | null): Selected | null {
  const last = useRef<Selected | null>(null);
  const read = useMemo(
    () => (): Selected | null => {
      const detail = live?.get();
      if (!detail) return (last.current = live === null ? null : last.current);
      const { visitor, id: visit, startedAt, place, status } = detail;
      const old = last.current;
      const same =
        old?.visitor === visitor && old.visit === visit && old.startedAt === startedAt && old.place === place && old.status === status;
      return same ? old : (last.current = { visitor, visit, startedAt, place, status });
    },
    [live],
  );
  return useSyncExternalStore(live?.subscribe ?? nothing, read);
}
