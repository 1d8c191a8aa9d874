import './replay.css';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useLive } from '../app/live.ts';
import { useMe } from '../app/session.ts';
import type { PlaceStore } from '../live/place-store.ts';
import type { ViewStore } from '../live/view-store.ts';
import { zonedWords } from './zoned.ts';
import { type LoadState, ReplayWait } from './replay-wait.tsx';
import { DayIndex } from './day-index.ts';
import { loadDay } from './load-day.ts';
import { Player } from './player.ts';
import { browserFrames, isMotionUnwanted } from './browser-frames.ts';
import { PastCard } from './past-card.tsx';
import { PastList } from './past-list.tsx';
import { ReplayBar } from './replay-bar.tsx';
import { serverNow } from './server-now.ts';

/** What the map shows while another time is shown. */
export interface Past {
  readonly store: ViewStore;
  readonly places: PlaceStore;
  readonly onArrivals: Player['subscribeArrivals'];
  /** Somebody of the list who is to be seen on the map. */
  readonly selected: { readonly visitor: string; readonly place: string; readonly status: 'active' } | null;
}

/** Nobody moves it any more. */
const STILL_MS = 300;

/** `?replay=` as epoch ms; null: from the beginning. */
function momentOf(text: string): number | null {
  const seconds = Number(text);
  return Number.isSafeInteger(seconds) && seconds > 1 ? seconds * 1_000 : null;
}

/** Reads a day and plays it: the slider over the map, who was there beside it. The map itself draws what `onPast` gives it. */
export function ReplayLayer({
  moment,
  site,
  isFiltered,
  live,
  beside,
  onMoment,
  onPast,
}: {
  /** `?replay=` */
  readonly moment: string;
  readonly site: string | undefined;
  /** A filter is set, which the past does not know. */
  readonly isFiltered: boolean;
  readonly live: number | null;
  readonly beside: HTMLElement | null;
  /** Goes into the address; undefined: back to now. */
  readonly onMoment: (moment: string | undefined) => void;
  readonly onPast: (past: Past | null) => void;
}) {
  const { client } = useLive();
  const { settings } = useMe();
  const [state, setState] = useState<LoadState>({ kind: 'reading', visits: 0 });
  const [player, setPlayer] = useState<Player | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [shown, setShown] = useState<{ readonly visit: number; readonly place: string } | null>(null);
  /** What was last put into the address by this: no wish of somebody else. */
  const said = useRef(moment);

  const begin = useEffectEvent((index: DayIndex): Player => {
    const made = new Player(index, { frames: browserFrames, isStepped: isMotionUnwanted() });
    const at = momentOf(moment);
    if (at !== null) made.seek((at - index.day.from) / 1_000);
    else if (!isMotionUnwanted()) made.play();
    return made;
  });
  const query = useEffectEvent(async () => ({ site, moment: momentOf(moment), now: await serverNow(client.time) }));
  useEffect(() => {
    const abort = new AbortController();
    let made: Player | null = null;
    setState({ kind: 'reading', visits: 0 });
    const onVisits = (visits: number): void => setState({ kind: 'reading', visits });
    query()
      .then((q) => loadDay(q, { signal: abort.signal, onVisits }))
      .then(
        (day) => {
          if (abort.signal.aborted) return;
          if (day.visits === 0) return setState({ kind: 'empty' });
          made = begin(new DayIndex(day));
          setPlayer(made);
        },
        (failure: unknown) => {
          if (!abort.signal.aborted) setState({ kind: 'failed', failure });
        },
      );
    return () => {
      abort.abort();
      made?.dispose();
      setPlayer(null);
      setShown(null);
    };
  }, [site, attempt]);

  useEffect(() => {
    if (!player) return onPast(null);
    const { store, places, subscribeArrivals } = player;
    onPast({
      store,
      places,
      onArrivals: subscribeArrivals,
      selected: shown && { visitor: `visit ${shown.visit}`, place: shown.place, status: 'active' },
    });
  }, [player, shown, onPast]);
  useEffect(() => () => onPast(null), [onPast]);

  // The moment goes into the address when it stands still: browsers take no more than some hundred addresses a minute.
  const say = useEffectEvent((): void => {
    if (!player || player.moment.isPlaying) return;
    const next = String(Math.floor(player.index.day.from / 1_000 + player.second));
    if (next === said.current) return;
    said.current = next;
    onMoment(next);
  });
  useEffect(() => {
    if (!player) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const undo = player.subscribe(() => {
      clearTimeout(timer);
      timer = setTimeout(() => say(), STILL_MS);
    });
    return () => {
      clearTimeout(timer);
      undo();
    };
  }, [player]);
  // Somebody went back or on in the browser's history, or followed a link.
  useEffect(() => {
    if (!player || moment === said.current) return;
    said.current = moment;
    const at = momentOf(moment);
    if (at === null) return;
    const { from, lengthS } = player.index.day;
    const second = (at - from) / 1_000;
    if (second < 0 || second > lengthS) return setAttempt((n) => n + 1);
    player.pause();
    player.seek(second);
  }, [player, moment]);

  const back = useEffectEvent((): void => onMoment(undefined));
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      if (event.target instanceof Element && event.target.closest('dialog, [role="dialog"], [role="menu"], input, textarea')) return;
      // It ends the replay and nothing else: whoever is chosen stays chosen.
      event.preventDefault();
      event.stopPropagation();
      back();
    };
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('keydown', onKey);
      // The button that opened it is there again with the next picture.
      requestAnimationFrame(() => document.querySelector<HTMLElement>('[data-testid="replay-open"]')?.focus({ preventScroll: true }));
    };
  }, []);

  const words = zonedWords(settings.timeZone);
  const onBack = (): void => onMoment(undefined);
  if (!player) return <ReplayWait state={state} onAgain={() => setAttempt((n) => n + 1)} onBack={onBack} />;
  return (
    <>
      <PastCard player={player} live={live} words={words} />
      <ReplayBar player={player} words={words} timeZone={settings.timeZone} onBack={onBack} />
      {beside &&
        createPortal(
          <PastList
            player={player}
            words={words}
            isFiltered={isFiltered}
            shown={shown?.visit ?? null}
            onShow={(visit, place) => setShown({ visit, place })}
            onBack={onBack}
          />,
          beside,
        )}
    </>
  );
}
