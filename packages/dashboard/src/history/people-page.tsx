import { useEffect } from 'react';
import { useMe } from '../app/session.ts';
import { t } from '../messages/catalogue.ts';

export function PeoplePage() {
  const me = useMe();
  useEffect(() => {
    document.title = t.shell.pageTitle(t.history.people, me.workspace.name);
  }, [me.workspace.name]);
  return <h1>{t.history.people}</h1>;
}
