import type { ChangedFrame, Colleague } from '@foyer/protocol';
import { createContext, use, useCallback, useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';
import { api } from '../api/foyer-api.ts';
import { ApiFailure } from '../api/request.ts';
import { browserClock, openBrowserSocket } from '../live/browser.ts';
import { type Connection, ConsoleClient, type LiveView, type ViewSpec } from '../live/console-client.ts';
import { PlaceStore } from '../live/place-store.ts';
import { Ticker, wholeSecond } from '../live/ticker.ts';
import type { ViewStore } from '../live/view-store.ts';
import { queryClient } from './query-client.ts';

export interface Live {
  readonly client: ConsoleClient;
  readonly places: PlaceStore;
  readonly ticker: Ticker;
}

const READ_AGAIN: Readonly<Record<ChangedFrame['what'], readonly string[]>> = {
  settings: ['me'],
  sites: ['me', 'install'],
  team: ['me', 'team', 'invitations'],
  install: ['me', 'install'],
  notes: ['notes'],
  filters: ['filters'],
  blocks: ['blocks'],
  looks: ['look'],
  contexts: ['contexts'],
  goals: ['goals'],
  chat: ['chat'],
};

/** The live side of a signed-in page. Answers its own end. */
export function startLive(onSignedOut: () => void): { live: Live; stop: () => void } {
  const places = new PlaceStore(api.places);
  const client = new ConsoleClient({
    open: openBrowserSocket('/api/v1/live'),
    clock: browserClock,
    random: Math.random,
    probe: () =>
      api.me().then(
        () => 'ok' as const,
        (failure: unknown) =>
          failure instanceof ApiFailure && failure.status === 401 ? ('signed_out' as const) : ('unreachable' as const),
      ),
    events: {
      signedOut: onSignedOut,
      roleChanged: () => void queryClient.invalidateQueries(),
      changed: (what) => {
        for (const key of READ_AGAIN[what] ?? []) void queryClient.invalidateQueries({ queryKey: [key] });
      },
    },
  });
  const ticker = new Ticker(() => client.time.now());
  const undo = [
    client.subscribeEpoch(() => places.reset(client.epoch)),
    client.time.subscribe(ticker.tick),
    listen(document, 'visibilitychange', () => {
      if (document.hidden) return;
      ticker.tick();
      client.check();
    }),
    listen(window, 'online', () => client.check()),
    listen(window, 'offline', () => client.check(false)),
  ];
  client.start();
  return {
    live: { client, places, ticker },
    stop: () => {
      for (const end of undo) end();
      client.stop();
    },
  };
}

function listen(target: EventTarget, type: string, run: () => void): () => void {
  target.addEventListener(type, run);
  return () => target.removeEventListener(type, run);
}

const LiveContext = createContext<Live | null>(null);
export const LiveProvider = LiveContext.Provider;

export function useLive(): Live {
  const live = use(LiveContext);
  if (!live) throw new Error('useLive outside of the signed-in shell');
  return live;
}

export function useConnection(): Connection {
  const { client } = useLive();
  return useSyncExternalStore(client.subscribeConnection, () => client.connection);
}

/** Everybody of the workspace with a console open, oneself included, by user id. */
export function useColleagues(): ReadonlyMap<string, Colleague> {
  const { client } = useLive();
  return useSyncExternalStore(client.subscribeColleagues, () => client.colleagues);
}

const NOBODY: readonly string[] = [];

/** Names of the others who have this visitor open. Renders again only when they change. */
export function useLookers(visitor: string): readonly string[] {
  const { client } = useLive();
  const subscribe = useCallback((listener: () => void) => client.team.subscribeLookers(visitor, listener), [client, visitor]);
  const ids = useSyncExternalStore(subscribe, () => client.team.lookers(visitor));
  return ids.length === 0 ? NOBODY : ids.map((id) => client.colleagues.get(id)?.name ?? '');
}

/** Opens a view for as long as the component is there. `key` names the spec: another key is another view. */
export function useLiveView(key: string, spec: ViewSpec | null): ViewStore | null {
  const { client } = useLive();
  const [view, setView] = useState<LiveView | null>(null);
  const latest = useRef(spec);
  latest.current = spec;
  useEffect(() => {
    if (!latest.current) return setView(null);
    const opened = client.openView(latest.current);
    setView(opened);
    return () => opened.close();
  }, [client, key]);
  return view?.store ?? null;
}

const noSubscription = (): (() => void) => () => {};
export const useTotals = (store: ViewStore | null) =>
  useSyncExternalStore(store?.subscribeTotals ?? noSubscription, () => store?.totals ?? null);
export const useRows = (store: ViewStore | null) => useSyncExternalStore(store?.subscribeRows ?? noSubscription, () => store?.rows ?? null);
export const useMeta = (store: ViewStore | null) => useSyncExternalStore(store?.subscribeMeta ?? noSubscription, () => store?.meta ?? null);

/**
 * Calls `tick` with the server's time: now, and each second, without rendering anything.
 * It also runs after every render, so that what it draws follows new properties at once.
 */
export function useTick(tick: (now: number) => void): void {
  const { ticker, client } = useLive();
  const latest = useRef(tick);
  latest.current = tick;
  useLayoutEffect(() => tick(wholeSecond(client.time.now())));
  useLayoutEffect(() => ticker.add((now) => latest.current(now)), [ticker]);
}
