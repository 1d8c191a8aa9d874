import type { Totals } from '@foyer/protocol';
import { t } from '../messages/catalogue.ts';
import { number } from '../messages/format.ts';
import { InfoTip } from './info-tip.tsx';

/** Unassigned, Assigned and AI chat (product.md 1). */
const chatsOf = ({ byStatus }: Totals): number => byStatus.unassigned + byStatus.assigned + byStatus.ai;

/** How many are there, top left. `matching`: what the filter lets through, null without one. */
export function MapCard({ all, matching }: { readonly all: Totals | null; readonly matching: Totals | null }) {
  const stats = [
    { id: 'live', word: t.map.live, counts: t.map.liveCounts, of: (totals: Totals) => totals.live },
    { id: 'chats', word: t.map.chats, counts: t.map.chatsCounts, of: chatsOf },
  ] as const;
  return (
    <dl className="map-card">
      {stats.map(({ id, word, counts, of }) => (
        <div className="map-stat" key={id}>
          <dt>
            {word}
            <InfoTip label={`${word}: ${t.map.liveInfo}`} testId={`map-info-${id}`}>
              {matching ? `${counts} ${t.map.filterCounts}` : counts}
            </InfoTip>
          </dt>
          <dd data-testid={`map-card-${id}`} data-value={all ? of(matching ?? all) : undefined}>
            {all ? number(of(matching ?? all)) : <span className="skeleton map-stat-skeleton" />}
            {all && matching && <small> {t.map.of(number(of(all)))}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
