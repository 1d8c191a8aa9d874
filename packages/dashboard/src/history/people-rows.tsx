import { type HistoryPerson, TIMES } from '@foyer/protocol';
import { t } from '../messages/catalogue.ts';
import { number } from '../messages/format.ts';
import { visitorName } from '../words/names.ts';
import { Browser, Chats, GoalTags, type ListFrame, None, Place, RowLink, sourceWord, Two } from './cells.tsx';
import { Moment } from './moment.tsx';
import { TotalTime } from './total-time.tsx';
import { type LiveNow, useLiveRow } from './use-live-now.ts';

/** Of somebody whose number is not known the address says more than "Visitor". */
export const personName = ({ name, n, email }: Pick<HistoryPerson, 'name' | 'n' | 'email'>): string =>
  name === '' && n === 0 && email !== '' ? email : visitorName({ name, n });

const goalsOf = (person: HistoryPerson, { goals }: ListFrame): string[] =>
  Object.entries(person.goals).map(([goal, times]) => t.history.times(goals.of(goal, person.site), times));

export const PEOPLE_COLUMNS = () => {
  const { columns } = t.history;
  return [
    { id: 'visitor', word: columns.visitor },
    { id: 'last', word: columns.lastSeen },
    { id: 'first', word: columns.firstSeen },
    { id: 'visits', word: columns.visits, end: true },
    { id: 'pages', word: columns.pages, end: true },
    { id: 'time', word: columns.totalTime, end: true },
    { id: 'place', word: columns.place },
    { id: 'browser', word: columns.browser },
    { id: 'source', word: columns.source },
    { id: 'goals', word: columns.goals },
    { id: 'chats', word: columns.chats, end: true },
  ];
};

/** Whether somebody is here now; nothing where that is not known. */
function Presence({ person, frame, live }: { readonly person: HistoryPerson; readonly frame: ListFrame; readonly live: LiveNow | null }) {
  const row = useLiveRow(live, { visitor: person.id });
  if (row?.online)
    return <i className="dot" data-status="active" role="img" aria-label={t.history.onlineNow} title={t.history.onlineNow} />;
  const isLongAgo = frame.now - person.lastSeenAt > TIMES.listedForMs;
  const isKnown = row !== undefined || live === null || isLongAgo || live.reaches(person.lastSeenAt);
  return <i className="dot" data-status="inactive" data-unknown={!isKnown || undefined} aria-hidden="true" />;
}

function Name({ person, frame, live }: { readonly person: HistoryPerson; readonly frame: ListFrame; readonly live: LiveNow | null }) {
  const name = personName(person);
  return (
    <span className="who">
      <Presence person={person} frame={frame} live={live} />
      <span className="two">
        <RowLink kind="people" id={person.id} frame={frame} className="first truncate">
          <bdi>{name}</bdi>
        </RowLink>
        <span className="second truncate">
          <bdi>{[person.email === name ? '' : person.email, frame.siteName(person.site)].filter((part) => part !== '').join(' · ')}</bdi>
        </span>
      </span>
    </span>
  );
}

const Total = ({ person, live }: { readonly person: HistoryPerson; readonly live: LiveNow | null }) => (
  <TotalTime person={person} live={useLiveRow(live, { visitor: person.id }) ?? null} />
);

export function PersonCells({
  row: person,
  frame,
  live,
}: {
  readonly row: HistoryPerson;
  readonly frame: ListFrame;
  readonly live: LiveNow | null;
}) {
  const goals = goalsOf(person, frame);
  const isVisitor = person.website;
  return (
    <>
      <th scope="row">
        <Name person={person} frame={frame} live={live} />
      </th>
      <td>
        <Moment at={person.lastSeenAt} now={frame.now} zone={frame.zone} />
      </td>
      <td data-column="first">
        <Moment at={person.firstSeenAt} now={frame.now} zone={frame.zone} />
      </td>
      <td className="end num">{isVisitor ? number(person.visits) : <None />}</td>
      <td className="end num" data-column="pages">
        {isVisitor ? number(person.pages) : <None />}
      </td>
      <td className="end num" data-column="time">
        {isVisitor ? <Total person={person} live={live} /> : <None />}
      </td>
      <td>
        <Place of={person} />
      </td>
      <td data-column="browser">
        <Browser of={person} />
      </td>
      <td data-column="source">
        <Two
          first={sourceWord(person.source)}
          second={<bdi>{person.campaign || person.referrerHost || (isVisitor ? t.words.direct : '')}</bdi>}
        />
      </td>
      <td data-column="goals">
        {goals.length === 0 ? (
          <None />
        ) : (
          <span className="tags">
            <GoalTags goals={goals} max={1} />
          </span>
        )}
      </td>
      <td className="end">
        <Chats count={person.conversations} />
      </td>
    </>
  );
}

/** A row of a phone: who and when, and below it what they did. */
export function PersonCard({
  row: person,
  frame,
  live,
}: {
  readonly row: HistoryPerson;
  readonly frame: ListFrame;
  readonly live: LiveNow | null;
}) {
  const goals = goalsOf(person, frame);
  return (
    <RowLink kind="people" id={person.id} frame={frame} className="history-card">
      <span className="card-line">
        <Presence person={person} frame={frame} live={live} />
        <bdi className="first truncate">{personName(person)}</bdi>
        {person.conversations > 0 && <Chats count={person.conversations} />}
        <span className="spacer" />
        <Moment at={person.lastSeenAt} now={frame.now} zone={frame.zone} inline />
      </span>
      <span className="card-line second">
        <Place of={person} second="" />
        <span className="num nowrap">{person.website ? t.history.visitsOf(person.visits) : sourceWord(person.source)}</span>
        <span className="spacer" />
        {goals.length > 0 && <GoalTags goals={goals} max={1} />}
      </span>
    </RowLink>
  );
}
