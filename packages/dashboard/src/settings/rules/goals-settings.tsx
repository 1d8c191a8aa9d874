import { useEffect } from 'react';
import { useMe } from '../../app/session.ts';
import { t } from '../../messages/catalogue.ts';

export function GoalsSettings() {
  const me = useMe();
  useEffect(() => {
    document.title = t.shell.pageTitle(t.rules.goals, me.workspace.name);
  }, [me.workspace.name]);
  return <h1>{t.rules.goals}</h1>;
}
