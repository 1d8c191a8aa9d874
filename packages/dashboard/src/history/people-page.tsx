import type { HistoryPerson } from '@foyer/protocol';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { peopleQuery } from '../api/history-queries.ts';
import { useMe } from '../app/session.ts';
import { t } from '../messages/catalogue.ts';
import { HistoryList } from './history-list.tsx';
import { PEOPLE_COLUMNS, PersonCard, PersonCells } from './people-rows.tsx';
import { useHistoryAddress } from './use-history-address.ts';

const visitorOf = (person: HistoryPerson): string | null => (person.website ? person.id : null);

/** Everybody who was on a website or wrote from elsewhere. Without tracking these are the people of conversations. */
export function PeoplePage() {
  const me = useMe();
  const address = useHistoryAddress('people');
  const answer = useQuery(peopleQuery(address.query));
  useEffect(() => {
    document.title = t.shell.pageTitle(t.history.people, me.workspace.name);
  }, [me.workspace.name]);
  return (
    <HistoryList
      kind="people"
      address={address}
      answer={answer}
      columns={PEOPLE_COLUMNS()}
      Cells={PersonCells}
      Card={PersonCard}
      beganAt={(person) => person.lastSeenAt}
      visitorOf={visitorOf}
    />
  );
}
