import { type KeyboardEvent, type PointerEvent, useMemo, useRef } from 'react';
import { t } from '../messages/catalogue.ts';
import { number } from '../messages/format.ts';
import type { Player } from './player.ts';
import { useFrame, useMoment } from './use-moment.ts';
import { ticksOf, type ZonedWords } from './zoned.ts';

/** Five minutes each: about as wide as a pixel or two. */
const STEPS = 288;
const MINUTE_S = 60;
/** While it plays, a screen reader that is on the slider would say nothing else. Where it was moved to is said at once. */
const SAID_EVERY_MS = 5_000;
const KEYS: Readonly<Record<string, number>> = {
  ArrowRight: MINUTE_S,
  ArrowLeft: -MINUTE_S,
  ArrowUp: 15 * MINUTE_S,
  ArrowDown: -15 * MINUTE_S,
  PageUp: 60 * MINUTE_S,
  PageDown: -60 * MINUTE_S,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** The day as a line: how many were there at each time, and the moment that is shown. Time goes from left to right in every language. */
export function DaySlider({ player, words }: { readonly player: Player; readonly words: ZonedWords }) {
  const { index } = player;
  const { day } = index;
  const moment = useMoment(player);
  const said = useRef({ moment, at: 0 });
  const track = useRef<HTMLDivElement>(null);
  const isHeard = track.current !== null && track.current === document.activeElement;
  const isDue = !isHeard || performance.now() - said.current.at >= SAID_EVERY_MS || moment.sought !== said.current.moment.sought;
  if (isDue || !moment.isPlaying || !said.current.moment.isPlaying) said.current = { moment, at: performance.now() };
  const thumb = useRef<HTMLSpanElement>(null);
  const past = useRef<SVGRectElement>(null);
  const tip = useRef<HTMLSpanElement>(null);
  /** The pointer that drags it, and whether it played before. */
  const drag = useRef<{ readonly pointer: number; readonly played: boolean } | null>(null);
  const curve = useMemo(() => curveOf(index.histogram(STEPS)), [index]);
  const ticks = useMemo(() => ticksOf(day, words), [day, words]);
  const share = (second: number): number => (day.lengthS === 0 ? 0 : second / day.lengthS);

  useFrame(player, () => {
    const at = share(player.second);
    if (thumb.current) thumb.current.style.insetInlineStart = `${(at * 100).toFixed(3)}%`;
    past.current?.setAttribute('width', (at * STEPS).toFixed(2));
  });
  const secondOf = (event: PointerEvent): number => {
    const box = track.current?.getBoundingClientRect();
    return box && box.width > 0 ? Math.max(0, Math.min(1, (event.clientX - box.left) / box.width)) * day.lengthS : 0;
  };
  const textOf = (second: number): string => {
    const at = day.from + second * 1_000;
    const online = index.onlineAt(second);
    return t.replay.at(words.day(at), words.clock(at), t.map.visitors(online, number(online)));
  };
  const showTip = (event: PointerEvent | null): void => {
    const element = tip.current;
    if (!element) return;
    element.hidden = event === null;
    if (!event) return;
    const second = secondOf(event);
    element.textContent = textOf(second);
    element.style.insetInlineStart = `${(share(second) * 100).toFixed(2)}%`;
    element.dataset['side'] = share(second) > 0.8 ? 'end' : share(second) < 0.2 ? 'start' : 'middle';
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = KEYS[event.key];
    if (step !== undefined) player.seek(player.second + step);
    else if (event.key === ' ' || event.key === 'Enter') {
      if (moment.isPlaying) player.pause();
      else player.play();
    } else return;
    event.preventDefault();
  };
  const end = (event: PointerEvent): void => {
    const dragged = drag.current;
    if (dragged?.pointer !== event.pointerId) return;
    drag.current = null;
    if (dragged.played) player.play();
    if (event.pointerType === 'touch') showTip(null);
  };
  return (
    <div className="day" dir="ltr">
      <div
        className="day-track"
        ref={track}
        role="slider"
        tabIndex={0}
        aria-label={t.replay.slider}
        aria-valuemin={0}
        aria-valuemax={day.lengthS}
        aria-valuenow={Math.floor(said.current.moment.second)}
        aria-valuetext={textOf(said.current.moment.second)}
        data-testid="replay-slider"
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          drag.current = { pointer: event.pointerId, played: moment.isPlaying };
          player.pause();
          player.seek(secondOf(event));
        }}
        onPointerMove={(event) => {
          if (event.pointerType !== 'touch' || drag.current) showTip(event);
          if (drag.current?.pointer === event.pointerId) player.seek(secondOf(event));
        }}
        onPointerUp={end}
        onPointerCancel={end}
        onPointerLeave={() => showTip(null)}
      >
        <svg className="day-curve" viewBox={`0 0 ${STEPS} 100`} preserveAspectRatio="none" aria-hidden="true">
          <clipPath id="day-past">
            <rect ref={past} x="0" y="0" width="0" height="100" />
          </clipPath>
          <path className="day-all" d={curve} />
          <path className="day-played" d={curve} clipPath="url(#day-past)" />
        </svg>
        {ticks.map((tick) => (
          <i key={tick.second} data-day={tick.isDay || undefined} style={{ insetInlineStart: `${share(tick.second) * 100}%` }} />
        ))}
        <span className="day-thumb" ref={thumb} />
        <span className="day-tip floating" ref={tip} hidden aria-hidden="true" />
      </div>
      <div className="day-hours" aria-hidden="true">
        {ticks.map((tick) => (
          <span
            key={tick.second}
            className="num"
            data-day={tick.isDay || undefined}
            data-edge={share(tick.second) < 0.04 ? 'start' : share(tick.second) > 0.96 ? 'end' : undefined}
            style={{ insetInlineStart: `${share(tick.second) * 100}%` }}
          >
            {tick.text}
          </span>
        ))}
      </div>
    </div>
  );
}

/** Steps, not a curve that swings: each is as high as the most who were there at once. A hundredth is left to a line of nobody. */
function curveOf(counts: Uint32Array): string {
  const most = Math.max(1, ...counts);
  let path = `M0 100`;
  for (const [step, n] of counts.entries()) path += `V${(99 - (n / most) * 97).toFixed(1)}H${step + 1}`;
  return `${path}V100Z`;
}
