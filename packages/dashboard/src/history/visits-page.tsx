import { useEffect } from 'react';
import { useMe } from '../app/session.ts';
import { t } from '../messages/catalogue.ts';

export function VisitsPage() {
  const me = useMe();
  useEffect(() => {
    document.title = t.shell.pageTitle(t.history.visits, me.workspace.name);
  }, [me.workspace.name]);
  return <h1>{t.history.visits}</h1>;
}
