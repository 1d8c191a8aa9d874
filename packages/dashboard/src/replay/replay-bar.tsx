import { useEffect, useRef } from 'react';
import { useRoom } from './use-room.ts';
import { t } from '../messages/catalogue.ts';
import { number } from '../messages/format.ts';
import { Icon } from '../ui/icons.tsx';
import { DaySlider } from './day-slider.tsx';
import { type Player, SPEEDS } from './player.ts';
import { useFrame, useMoment, write } from './use-moment.ts';
import type { ZonedWords } from './zoned.ts';

const PLAY = 'M7 4.5v15l12-7.5z';
const PAUSE = 'M7 5h3.5v14H7zM13.5 5H17v14h-3.5z';

/** Over the map's bottom: play and pause, the clock of the moment, how fast, and the slider of the day. */
export function ReplayBar({
  player,
  words,
  timeZone,
  onBack,
}: {
  readonly player: Player;
  readonly words: ZonedWords;
  readonly timeZone: string;
  readonly onBack: () => void;
}) {
  const { isPlaying, speed } = useMoment(player);
  const { day } = player.index;
  const clock = useRef<HTMLElement>(null);
  const date = useRef<HTMLElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const room = useRoom();
  useFrame(player, () => {
    const at = day.from + player.second * 1_000;
    write(clock, words.clock(at));
    write(date, words.day(at));
  });
  // Whoever opened it goes on here with the keyboard.
  useEffect(() => button.current?.focus({ preventScroll: true }), [player]);
  const word = isPlaying ? t.replay.pause : t.replay.play;
  return (
    <section className="replay-bar floating" ref={room} aria-label={t.replay.bar} data-testid="replay-bar" data-playing={isPlaying}>
      <DaySlider player={player} words={words} />
      <div className="replay-line">
        <button
          className="replay-play"
          type="button"
          ref={button}
          aria-label={word}
          title={word}
          data-testid="replay-play"
          onClick={() => (isPlaying ? player.pause() : player.play())}
        >
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d={isPlaying ? PAUSE : PLAY} />
          </svg>
        </button>
        <p className="replay-clock" title={t.replay.zone(timeZone)}>
          <b className="num" ref={clock} data-testid="replay-clock" />
          <span className="muted" ref={date} data-testid="replay-date" />
        </p>
        <span className="spacer" />
        <div className="segmented replay-speeds" role="radiogroup" aria-label={t.replay.speed}>
          {SPEEDS.map((one) => (
            <button
              key={one}
              type="button"
              role="radio"
              aria-checked={one === speed}
              tabIndex={one === speed ? 0 : -1}
              title={t.replay.takes(takes(day.lengthS / one))}
              data-testid={`replay-speed-${one}`}
              onClick={() => player.setSpeed(one)}
              onKeyDown={(event) => {
                const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
                if (step === undefined) return;
                event.preventDefault();
                const next = SPEEDS[(SPEEDS.indexOf(one) + step + SPEEDS.length) % SPEEDS.length] ?? one;
                player.setSpeed(next);
                event.currentTarget.parentElement?.querySelector<HTMLElement>(`[data-testid="replay-speed-${next}"]`)?.focus();
              }}
            >
              <bdi>{t.replay.times(number(one))}</bdi>
            </button>
          ))}
        </div>
        <button className="button button-sm replay-back" type="button" data-testid="replay-back" onClick={onBack}>
          {t.replay.back}
          <kbd>{t.shell.caps.escape}</kbd>
        </button>
      </div>
      {day.isCut && (
        <p className="replay-cut" role="note" data-testid="replay-cut">
          <Icon name="warn" size="sm" />
          {t.replay.cut(number(day.visits), words.clock(day.from + day.lengthS * 1_000))}
        </p>
      )}
    </section>
  );
}

const takes = (seconds: number): string =>
  seconds >= 90 ? t.replay.minutes(Math.round(seconds / 60)) : t.replay.seconds(Math.round(seconds));
