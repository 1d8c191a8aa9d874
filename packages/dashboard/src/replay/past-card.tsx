import { useRef } from 'react';
import { InfoTip } from '../map/info-tip.tsx';
import { t } from '../messages/catalogue.ts';
import { number } from '../messages/format.ts';
import type { Player } from './player.ts';
import { useFrame, write } from './use-moment.ts';
import type { ZonedWords } from './zoned.ts';

/** In the place of the live numbers: how many were there then, and that this is not now. */
export function PastCard({ player, live, words }: { readonly player: Player; readonly live: number | null; readonly words: ZonedWords }) {
  const count = useRef<HTMLElement>(null);
  const when = useRef<HTMLElement>(null);
  useFrame(player, () => {
    const { index, second } = player;
    const total = index.onlineAt(second);
    write(count, number(total));
    if (count.current) count.current.dataset['value'] = String(total);
    const at = index.day.from + second * 1_000;
    write(when, `${words.day(at)}, ${words.clock(at)}`);
  });
  return (
    <dl className="map-card past-card" data-testid="past-card">
      <div className="map-stat">
        <dt>
          {t.replay.then}
          <InfoTip label={`${t.replay.then}: ${t.replay.thenInfo}`} testId="past-info">
            {t.replay.thenCounts}
          </InfoTip>
        </dt>
        <dd>
          <span ref={count} data-testid="past-count" /> <small ref={when} />
        </dd>
      </div>
      <div className="map-stat">
        <dt>{t.replay.now}</dt>
        <dd className="past-live">{live === null ? '–' : number(live)}</dd>
      </div>
    </dl>
  );
}
