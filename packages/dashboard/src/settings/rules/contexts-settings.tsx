import { useEffect } from 'react';
import { useMe } from '../../app/session.ts';
import { t } from '../../messages/catalogue.ts';

export function ContextsSettings() {
  const me = useMe();
  useEffect(() => {
    document.title = t.shell.pageTitle(t.rules.contexts, me.workspace.name);
  }, [me.workspace.name]);
  return <h1>{t.rules.contexts}</h1>;
}
