import type { Totals } from '@foyer/protocol';
import { Link } from '@tanstack/react-router';
import { useChatCounts } from '../chat/use-chat.ts';
import { t } from '../messages/catalogue.ts';
import { number } from '../messages/format.ts';
import { InfoTip } from './info-tip.tsx';

/** Of those with a visit: Unassigned, Assigned and AI chat (product.md 1). */
const chatsOf = ({ byStatus }: Totals): number => byStatus.unassigned + byStatus.assigned + byStatus.ai;

/** How many are there, top left. `matching`: what the filter lets through, null without one. `site`: of it alone. */
export function MapCard({
  all,
  matching,
  site,
}: {
  readonly all: Totals | null;
  readonly matching: Totals | null;
  readonly site?: string | undefined;
}) {
  const counts = useChatCounts(site);
  // A visit's state is known here before the conversations have been counted anew; one that is on no list is known by its count alone.
  const here = all ? chatsOf(all) : 0;
  const chats = Math.max(counts?.active ?? 0, here + (counts?.elsewhere ?? 0));
  const stats = [
    { id: 'live', word: t.map.live, about: t.map.liveCounts, all: all?.live ?? 0, matching: matching?.live ?? 0 },
    { id: 'chats', word: t.map.chats, about: t.map.chatsCounts, all: chats, matching: matching ? chatsOf(matching) : 0 },
  ] as const;
  return (
    <dl className="map-card">
      {stats.map((stat) => {
        const shown = matching ? stat.matching : stat.all;
        return (
          <div className="map-stat" key={stat.id}>
            <dt>
              {stat.word}
              <InfoTip label={`${stat.word}: ${t.map.liveInfo}`} testId={`map-info-${stat.id}`}>
                {matching ? `${stat.about} ${t.map.filterCounts}` : stat.about}
              </InfoTip>
            </dt>
            <dd data-testid={`map-card-${stat.id}`} data-value={all ? shown : undefined}>
              {all ? number(shown) : <span className="skeleton map-stat-skeleton" />}
              {all && matching && <small> {t.map.of(number(stat.all))}</small>}
              {all && !matching && stat.id === 'chats' && counts && counts.elsewhere > 0 && (
                <small>
                  {' '}
                  <Link
                    to="/visitors"
                    search={{ ...(site ? { site } : {}), list: 'conversations' }}
                    data-testid="map-card-elsewhere"
                    data-value={counts.elsewhere}
                  >
                    {t.map.elsewhere(number(counts.elsewhere))}
                  </Link>
                </small>
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
