import '../visitors/facts.css';
import '../visitors/visit-panel.css';
import '../visitors/chat/visitor-chat.css';
import './past-panel.css';
import type { HistoryPerson, HistoryVisit, Site } from '@foyer/protocol';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import { personQuery, visitQuery } from '../api/history-queries.ts';
import { ApiFailure } from '../api/request.ts';
import { t } from '../messages/catalogue.ts';
import { number } from '../messages/format.ts';
import { FailureNote } from '../ui/failure.tsx';
import { Icon } from '../ui/icons.tsx';
import { PanelBack } from '../ui/panel-back.tsx';
import { useFollow, useLastKnown } from '../visitors/use-followed.ts';
import { PanelSkeleton, VisitContent } from '../visitors/visit-panel.tsx';
import { visitorName } from '../words/names.ts';
import { PastPerson } from './past-person.tsx';
import { PastVisit } from './past-visit.tsx';
import { personName } from './people-rows.tsx';
import type { GoalNames } from './use-goal-names.ts';
import type { HistoryKind } from './use-history-address.ts';

/** What the lists of the past open: the panel of the map for what is listed, its likeness for what is over. */
export function PastPanel({
  kind,
  id,
  known,
  at,
  count,
  zone,
  sites,
  goals,
  onStep,
  onClose,
}: {
  readonly kind: HistoryKind;
  readonly id: string;
  /** Its row, when the list has it. */
  readonly known: unknown;
  /** Its place in the page of the list; −1: it is not on it. */
  readonly at: number;
  readonly count: number;
  readonly zone: string;
  readonly sites: readonly Site[];
  readonly goals: GoalNames;
  readonly onStep: (by: 1 | -1) => void;
  readonly onClose: () => void;
}) {
  const panel = useRef<HTMLElement>(null);
  // Before it is painted: a key pressed right after the row was opened belongs to it.
  useLayoutEffect(() => panel.current?.focus({ preventScroll: true }), []);
  // What had the focus may have been of the one before.
  useEffect(() => {
    if (document.activeElement === document.body) panel.current?.focus({ preventScroll: true });
  }, [id]);
  const step = (by: 1 | -1, word: string, icon: 'up' | 'down', isThere: boolean) => (
    <button
      className="icon-button icon-button-sm"
      type="button"
      aria-label={word}
      title={word}
      aria-disabled={!isThere}
      data-testid={by < 0 ? 'panel-previous' : 'panel-next'}
      onClick={() => isThere && onStep(by)}
    >
      <Icon name={icon} />
    </button>
  );
  return (
    <section className="visit-panel goes-stale" ref={panel} tabIndex={-1} aria-label={t.history.panel.region} data-testid="past-panel">
      <PanelBack word={t.history.panel.back[kind]} onClick={onClose} testId="panel-back">
        <span className="spacer" />
        {at >= 0 && (
          <span className="hint num" data-testid="panel-position">
            {number(at + 1)}
          </span>
        )}
        {step(-1, t.history.panel.previous, 'up', at > 0)}
        {step(1, t.history.panel.next, 'down', at >= 0 ? at < count - 1 : count > 0)}
      </PanelBack>
      <div className="panel-scroll" tabIndex={0} role="region" aria-label={t.visit.panel.details}>
        {kind === 'visits' ? (
          <Visit key={id} id={id} known={known as HistoryVisit | undefined} sites={sites} goals={goals} zone={zone} onClose={onClose} />
        ) : (
          <Person key={id} id={id} known={known as HistoryPerson | undefined} sites={sites} goals={goals} zone={zone} onClose={onClose} />
        )}
      </div>
    </section>
  );
}

interface One {
  readonly id: string;
  readonly sites: readonly Site[];
  readonly goals: GoalNames;
  readonly zone: string;
  readonly onClose: () => void;
}

function Visit({ id, known, sites, goals, zone, onClose }: One & { readonly known: HistoryVisit | undefined }) {
  const answer = useQuery({ ...visitQuery(id), ...(known ? { placeholderData: known } : {}) });
  const visit = answer.data;
  const { detail, gone } = useLastKnown(useFollow(visit?.visitor ?? null, true));
  if (answer.isError)
    return (
      <NotThere
        failure={answer.error}
        title={t.history.panel.goneVisit}
        text={t.history.panel.goneVisitText}
        onAgain={() => void answer.refetch()}
        onClose={onClose}
      />
    );
  if (!visit) return <PanelSkeleton />;
  if (detail?.id === id) return <VisitContent detail={detail} gone={gone} sites={sites} zone={zone} />;
  return (
    <PastVisit visit={visit} live={gone ? null : (detail ?? null)} sites={sites} goals={goals} zone={zone} name={visitorName(visit)} />
  );
}

function Person({ id, known, sites, goals, zone, onClose }: One & { readonly known: HistoryPerson | undefined }) {
  const answer = useQuery({ ...personQuery(id), ...(known ? { placeholderData: known } : {}) });
  const person = answer.data;
  const { detail, gone } = useLastKnown(useFollow(person && hasBrowser(person) ? person.id : null, true));
  if (answer.isError)
    return (
      <NotThere
        failure={answer.error}
        title={t.history.panel.gonePerson}
        text={t.history.panel.gonePersonText}
        onAgain={() => void answer.refetch()}
        onClose={onClose}
      />
    );
  if (!person) return <PanelSkeleton />;
  return (
    <PastPerson
      person={person}
      isVisitor={hasBrowser(person)}
      live={gone ? null : (detail ?? null)}
      sites={sites}
      goals={goals}
      zone={zone}
      name={personName(person)}
    />
  );
}

/** Who wrote by the widget has a browser, also where visits are not tracked. */
const hasBrowser = ({ id, website, source }: HistoryPerson): boolean =>
  website || (!id.startsWith('@') && (source === 'widget' || source === 'playground'));

function NotThere({
  failure,
  title,
  text,
  onAgain,
  onClose,
}: {
  readonly failure: unknown;
  readonly title: string;
  readonly text: string;
  readonly onAgain: () => void;
  readonly onClose: () => void;
}): ReactNode {
  const isGone = failure instanceof ApiFailure && failure.status === 404;
  return (
    <div className="not-listed" data-testid="past-gone">
      <h2>{isGone ? title : t.history.failed}</h2>
      {isGone ? <p>{text}</p> : <FailureNote failure={failure} />}
      <button className="button" type="button" onClick={isGone ? onClose : onAgain}>
        {isGone ? t.visit.panel.backToList : t.shell.tryAgain}
      </button>
    </div>
  );
}
