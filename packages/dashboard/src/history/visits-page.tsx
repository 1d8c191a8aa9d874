import type { HistoryVisit } from '@foyer/protocol';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { visitsQuery } from '../api/history-queries.ts';
import { NotInPlan } from '../app/not-in-plan.tsx';
import { useMe } from '../app/session.ts';
import { t } from '../messages/catalogue.ts';
import { HistoryList } from './history-list.tsx';
import { useHistoryAddress } from './use-history-address.ts';
import { VISIT_COLUMNS, VisitCard, VisitCells } from './visit-rows.tsx';

/** Past visits, and those that go on now: one list. */
export function VisitsPage() {
  const me = useMe();
  useEffect(() => {
    document.title = t.shell.pageTitle(t.history.visits, me.workspace.name);
  }, [me.workspace.name]);
  return me.workspace.trackingInPlan ? <Visits /> : <NotInPlan />;
}

const visitorOf = (visit: HistoryVisit): string | null => (visit.endedAt === null ? visit.visitor : null);

function Visits() {
  const address = useHistoryAddress('visits');
  const answer = useQuery(visitsQuery(address.query));
  const seesIp = answer.data?.rows.some(({ ip }) => ip !== undefined) ?? true;
  return (
    <HistoryList
      kind="visits"
      address={address}
      answer={answer}
      columns={VISIT_COLUMNS(seesIp)}
      Cells={VisitCells}
      Card={VisitCard}
      beganAt={(visit) => visit.startedAt}
      visitorOf={visitorOf}
    />
  );
}
