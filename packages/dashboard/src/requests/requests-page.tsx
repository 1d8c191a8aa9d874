import { useEffect } from 'react';
import { useMe } from '../app/session.ts';
import { t } from '../messages/catalogue.ts';

export function RequestsPage() {
  const me = useMe();
  useEffect(() => {
    document.title = t.shell.pageTitle(t.requests.title, me.workspace.name);
  }, [me.workspace.name]);
  return <h1>{t.requests.title}</h1>;
}
