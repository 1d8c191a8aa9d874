import type { Detail, HistoryPerson, Site } from '@foyer/protocol';
import { useQuery } from '@tanstack/react-query';
import { useLive } from '../app/live.ts';
import { useMe } from '../app/session.ts';
import { t } from '../messages/catalogue.ts';
import { number } from '../messages/format.ts';
import { Icon } from '../ui/icons.tsx';
import { ConversationsSection } from '../visitors/chat/earlier-conversations.tsx';
import { EarlierVisits } from '../visitors/earlier-visits.tsx';
import * as Facts from '../visitors/facts.tsx';
import { Notes } from '../visitors/notes.tsx';
import { deviceWord } from '../words/names.ts';
import { sourceWord } from './cells.tsx';
import { Moment } from './moment.tsx';
import { PastActions, PastWho, usePastWish } from './past-who.tsx';
import { talksQuery } from './talks-query.ts';
import type { GoalNames } from './use-goal-names.ts';
import { TotalTime } from './total-time.tsx';
import { visitLink } from './visit-link.tsx';

/** Everything about one person together: of a visitor their visits, of somebody without a browser their conversations. */
export function PastPerson({
  person,
  isVisitor,
  live,
  sites,
  goals,
  zone,
  name,
}: {
  readonly person: HistoryPerson;
  /** A browser is behind them: they can have notes, visits, and be online. */
  readonly isVisitor: boolean;
  readonly live: Detail | null;
  readonly sites: readonly Site[];
  readonly goals: GoalNames;
  readonly zone: string;
  readonly name: string;
}) {
  const { client } = useLive();
  const me = useMe();
  const { wish, setWish } = usePastWish(person.id, live);
  const talks = useQuery(talksQuery(person.id, isVisitor));
  const now = client.time.now() || person.lastSeenAt;
  const { panel } = t.history;
  const reached = Object.entries(person.goals);
  const said = (value: string) => (value === '' ? t.history.none : <bdi>{value}</bdi>);
  return (
    <>
      <PastWho name={name} place={person} live={live}>
        {!live?.online && (
          <span className="hint">
            {panel.lastSeen} <Moment at={person.lastSeenAt} now={now} zone={zone} inline />
          </span>
        )}
      </PastWho>
      {isVisitor && (
        <PastActions visitor={person.id} live={live} latest={talks.data?.[0]?.conversation ?? null} wish={wish} onWish={setWish} />
      )}
      <section className="section" aria-label={panel.inAll} data-testid="in-all">
        <h3 className="section-title">{panel.inAll}</h3>
        <dl className="facts">
          <Facts.Fact word={panel.firstSeen}>
            <Moment at={person.firstSeenAt} now={now} zone={zone} inline />
          </Facts.Fact>
          <Facts.Fact word={panel.lastSeen}>
            <Moment at={person.lastSeenAt} now={now} zone={zone} inline />
          </Facts.Fact>
          {person.website && (
            <>
              <Facts.Fact word={panel.visits}>{number(person.visits)}</Facts.Fact>
              <Facts.Fact word={panel.pages}>{number(person.pages)}</Facts.Fact>
              <Facts.Fact word={panel.totalTime}>
                <TotalTime person={person} live={live} />
              </Facts.Fact>
            </>
          )}
          <Facts.Fact word={panel.conversations}>{number(person.conversations)}</Facts.Fact>
        </dl>
      </section>
      {reached.length > 0 && (
        <section className="section" aria-label={panel.goals} data-testid="past-goals">
          <h3 className="section-title">
            {panel.goals} <span className="tally">{number(reached.length)}</span>
          </h3>
          <ul className="past-goals">
            {reached.map(([goal, times]) => (
              <li key={goal}>
                <Icon name="goal" size="sm" />
                <bdi className="truncate">{goals.of(goal, person.site)}</bdi>
                <span className="spacer" />
                <span className="muted num">{panel.times(times)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <ConversationsSection
        entries={talks.data ?? []}
        error={talks.error}
        isPending={talks.isPending}
        words={{ title: panel.conversations, none: panel.noConversations }}
        zone={zone}
      />
      <section className="section" aria-label={t.visit.panel.visitor}>
        <h3 className="section-title">{person.website ? panel.latest : panel.latestTalk}</h3>
        <dl className="facts">
          <Facts.Fact word={panel.email}>{said(person.email)}</Facts.Fact>
          <Facts.Fact word={t.visit.facts.site}>{said(sites.find((site) => site.id === person.site)?.name ?? '')}</Facts.Fact>
          <Facts.Fact word={t.visit.facts.source}>{sourceWord(person.source)}</Facts.Fact>
          {person.website && (
            <>
              <Facts.Fact word={t.visit.facts.referrer}>
                {person.referrerHost === '' ? t.words.direct : said(person.referrerHost)}
              </Facts.Fact>
              <Facts.Fact word={t.visit.facts.campaign}>{said(person.campaign)}</Facts.Fact>
              <Facts.Fact word={t.visit.facts.browser}>
                {said([person.browser, person.os].filter((part) => part !== '').join(', '))}
              </Facts.Fact>
              <Facts.Fact word={panel.device}>{said(person.device === '' ? '' : deviceWord(person.device))}</Facts.Fact>
            </>
          )}
          {isVisitor && <Facts.VisitorId id={person.id} />}
        </dl>
      </section>
      {isVisitor && <Notes visitor={person.id} writing={wish === 'note'} onWriting={(writing) => setWish(writing ? 'note' : null)} />}
      {person.website && me.workspace.trackingInPlan && (
        <EarlierVisits
          visitor={person.id}
          current=""
          sites={sites}
          words={{ title: panel.visitsTitle, none: panel.noVisits }}
          zone={zone}
          wayTo={visitLink}
        />
      )}
    </>
  );
}
