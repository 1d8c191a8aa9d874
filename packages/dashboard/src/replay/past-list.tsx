import { memo, useDeferredValue, useRef } from 'react';
import { t } from '../messages/catalogue.ts';
import { number } from '../messages/format.ts';
import { Flag } from '../ui/flag.tsx';
import { Icon } from '../ui/icons.tsx';
import { PanelBack } from '../ui/panel-back.tsx';
import { cityName, visitorName } from '../words/names.ts';
import type { Present } from './day-index.ts';
import type { Player } from './player.ts';
import { useCounted, useFrame, write } from './use-moment.ts';
import type { ZonedWords } from './zoned.ts';

/** Lines drawn: whoever wants to see more of them chooses another moment. While it plays, what a screen holds: nobody scrolls what flies by. */
const MOST_LINES = 100;
const MOST_PLAYING = 25;

/** Who was there then, over the list of those who are there now. */
export function PastList({
  player,
  words,
  isFiltered,
  shown,
  onShow,
  onBack,
}: {
  readonly player: Player;
  readonly words: ZonedWords;
  readonly isFiltered: boolean;
  /** Index of the visit that the map shows. */
  readonly shown: number | null;
  readonly onShow: (visit: number, place: string) => void;
  readonly onBack: () => void;
}) {
  const counted = useCounted(player);
  // While the slider is dragged, the lines come after it; while it plays, they are those of the pins.
  const dragged = useDeferredValue(counted);
  const { second, total, isPlaying } = counted.isPlaying ? counted : dragged;
  const present = player.index.present(second, isPlaying ? MOST_PLAYING : MOST_LINES);
  const [dayOf, clock, count] = [useRef<HTMLSpanElement>(null), useRef<HTMLSpanElement>(null), useRef<HTMLParagraphElement>(null)];
  // As on the map's card, past React: the two are read together.
  useFrame(player, () => {
    const { index } = player;
    const at = index.day.from + player.second * 1_000;
    const there = index.onlineAt(player.second);
    write(dayOf, `${words.day(at)}, `);
    write(clock, words.clock(at));
    write(count, there === 0 ? t.replay.nobody : t.replay.there(there, number(there)));
    if (count.current) count.current.dataset['value'] = String(there);
    if (clock.current) clock.current.dataset['second'] = String(Math.floor(player.second));
  });
  return (
    <section className="past-list" aria-label={t.replay.list} data-testid="past-list">
      <PanelBack word={t.replay.back} onClick={onBack} testId="past-back">
        <span className="past-mark">
          <Icon name="clock" size="sm" />
          {t.replay.past}
        </span>
      </PanelBack>
      <div className="past-head">
        <h2>
          <span ref={dayOf} />
          <span className="num" ref={clock} data-testid="past-clock" />
        </h2>
        <p className="num" data-testid="past-total" ref={count} />
        <p className="hint">{isFiltered ? t.replay.filtered : t.replay.pastText}</p>
      </div>
      {/* Buttons in it are reached with the Tab key; a region that scrolls is one itself where it holds none. */}
      <div className="past-scroll" tabIndex={present.length === 0 ? 0 : -1}>
        <ul data-testid="past-lines" data-second={second}>
          {present.map((one) => (
            <PastLine key={one.visit} one={one} player={player} words={words} isShown={one.visit === shown} onShow={onShow} />
          ))}
        </ul>
        {total > present.length && <p className="hint past-more">{t.replay.newest(number(present.length), number(total))}</p>}
      </div>
    </section>
  );
}

/** A dozen of these stay from one count to the next, and are not drawn again. */
const PastLine = memo(
  Line,
  (a, b) => a.one.visit === b.one.visit && a.player === b.player && a.words === b.words && a.isShown === b.isShown,
);

function Line({
  one,
  player,
  words,
  isShown,
  onShow,
}: {
  readonly one: Present;
  readonly player: Player;
  readonly words: ZonedWords;
  readonly isShown: boolean;
  readonly onShow: (visit: number, place: string) => void;
}) {
  const { day } = player.index;
  const place = day.places[one.place];
  const name = visitorName({ name: '', n: one.number });
  const where = place ? cityName(place) : t.replay.unknownPlace;
  const line = (
    <>
      <span className="dot" data-status="active" />
      <Flag country={place?.country ?? ''} named />
      <span className="past-name truncate">{name}</span>
      <span className="past-since num">{t.replay.since(words.clock(day.from + one.cameAt * 1_000))}</span>
      <span className="past-where truncate">
        <bdi>{where}</bdi>
        <span className="muted">{t.replay.pages(one.pages, number(one.pages))}</span>
      </span>
    </>
  );
  return (
    <li data-testid="past-line" data-number={one.number}>
      {place ? (
        <button
          className="past-line"
          type="button"
          aria-pressed={isShown}
          title={t.replay.show(name, where)}
          onClick={() => onShow(one.visit, place.id)}
        >
          {line}
        </button>
      ) : (
        <span className="past-line">{line}</span>
      )}
    </li>
  );
}
