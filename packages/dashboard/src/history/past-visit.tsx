import type { Detail, HistoryVisit, Site } from '@foyer/protocol';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useLive } from '../app/live.ts';
import { t } from '../messages/catalogue.ts';
import { number } from '../messages/format.ts';
import { Icon } from '../ui/icons.tsx';
import { EarlierVisits } from '../visitors/earlier-visits.tsx';
import { ConversationsSection } from '../visitors/chat/earlier-conversations.tsx';
import * as Facts from '../visitors/facts.tsx';
import { Notes } from '../visitors/notes.tsx';
import { PageHistory } from '../visitors/page-history.tsx';
import { goalValue } from '../words/goals.ts';
import { duration } from '../words/time.ts';
import { sourceWord } from './cells.tsx';
import { Moment } from './moment.tsx';
import { PastActions, PastWho, usePastWish } from './past-who.tsx';
import { talksQuery } from './talks-query.ts';
import type { GoalNames } from './use-goal-names.ts';
import { visitLink } from './visit-link.tsx';

/** A visit that is over, or is not listed any more, as far as history knows it. */
export function PastVisit({
  visit,
  live,
  sites,
  goals,
  zone,
  name,
}: {
  readonly visit: HistoryVisit;
  /** The visitor's present visit, another one; null: they are not listed. */
  readonly live: Detail | null;
  readonly sites: readonly Site[];
  readonly goals: GoalNames;
  readonly zone: string;
  readonly name: string;
}) {
  const { client } = useLive();
  const { wish, setWish } = usePastWish(visit.visitor, live);
  const talks = useQuery(talksQuery(visit.visitor, true));
  const now = client.time.now() || visit.lastActivityAt;
  const known = knownOf(visit);
  const { panel } = t.history;
  return (
    <>
      <PastWho name={name} place={visit} live={live}>
        <span className="badge" data-status="inactive">
          <span className="dot" data-status="inactive" />
          {visit.endedAt === null ? t.history.left : panel.ended}
        </span>
        <Link className="past-person" to="/analytics/visitors" search={{ open: visit.visitor }}>
          {panel.personOf}
        </Link>
      </PastWho>
      <PastActions visitor={visit.visitor} live={live} latest={talks.data?.[0]?.conversation ?? null} wish={wish} onWish={setWish} />
      <section className="section" aria-label={t.visit.panel.pages}>
        <h3 className="section-title">
          {t.visit.panel.pages} <span className="tally">{number(visit.pages)}</span>
          <span className="spacer" />
          <span className="muted num">{t.visit.panel.onSite(duration(visit.totalMs))}</span>
        </h3>
        <PageHistory trail={visit.trail} pages={visit.pages} current={null} endedAt={visit.lastActivityAt} zone={zone} />
      </section>
      {visit.goals.length > 0 && (
        <section className="section" aria-label={panel.goals} data-testid="past-goals">
          <h3 className="section-title">
            {panel.goals} <span className="tally">{number(visit.goals.length)}</span>
          </h3>
          <ul className="past-goals">
            {visit.goals.map((reached) => (
              <li key={reached.goal}>
                <Icon name="goal" size="sm" />
                <bdi className="truncate">{goals.of(reached.goal, visit.site)}</bdi>
                <span className="num">{goalValue(reached)}</span>
                <span className="spacer" />
                <Moment at={reached.at} now={now} zone={zone} inline />
              </li>
            ))}
          </ul>
        </section>
      )}
      <section className="section" aria-label={panel.thisVisit}>
        <h3 className="section-title">{panel.thisVisit}</h3>
        <dl className="facts">
          <Facts.Fact word={panel.began}>
            <Moment at={visit.startedAt} now={now} zone={zone} inline />
          </Facts.Fact>
          <Facts.Fact word={panel.endedAt}>
            {visit.endedAt === null ? panel.running : <Moment at={visit.endedAt} now={now} zone={zone} inline />}
          </Facts.Fact>
          <Facts.Fact word={panel.duration} testId="past-duration">
            {duration(visit.totalMs)}
          </Facts.Fact>
          <Facts.Fact word={panel.bot} testId="past-bot">
            {visit.botMs > 0 ? duration(visit.botMs) : t.history.none}
          </Facts.Fact>
          <Facts.Referrer visit={known} />
          <Facts.Campaign visit={known} />
          <Facts.Source visit={known} />
          <Facts.Fact word={t.visit.facts.site}>
            <bdi>{sites.find((site) => site.id === visit.site)?.name ?? t.visit.facts.none}</bdi>
          </Facts.Fact>
          <Facts.Context visit={known} />
        </dl>
      </section>
      <section className="section" aria-label={t.visit.panel.visitor}>
        <h3 className="section-title">{t.visit.panel.visitor}</h3>
        <dl className="facts">
          <Facts.Location visit={known} />
          <Facts.LocalTime visit={known} />
          <Facts.Language visit={known} />
          <Facts.Browser visit={known} />
          <Facts.Device visit={known} />
          <Facts.Address visit={known} />
          <Facts.Network visit={known} />
          <Facts.VisitorId id={visit.visitor} />
        </dl>
      </section>
      <ConversationsSection
        entries={talks.data ?? []}
        error={talks.error}
        isPending={talks.isPending}
        words={{ title: panel.conversations, none: panel.noConversations }}
        zone={zone}
      />
      <Notes visitor={visit.visitor} writing={wish === 'note'} onWriting={(writing) => setWish(writing ? 'note' : null)} />
      <EarlierVisits
        visitor={visit.visitor}
        current={visit.id}
        sites={sites}
        words={{ title: panel.otherVisits, none: panel.noOtherVisits }}
        zone={zone}
        wayTo={visitLink}
      />
    </>
  );
}

/** As the facts of a listed visit want it: what history does not keep is unknown. */
function knownOf(visit: HistoryVisit): Facts.Known {
  const last = visit.trail.at(-1);
  return {
    ...visit,
    ...{ status: 'inactive', waitingSince: 0, online: false, reconnecting: false, place: '', approximate: false, visits: 0, filtered: '' },
    ...{ title: last?.title ?? '', url: last?.url ?? '', leftAt: visit.endedAt ?? visit.lastActivityAt, goals: '', screen: '' },
    source: sourceWord(visit.source),
  };
}
