import { useEffect } from 'react';
import { useMe } from '../app/session.ts';
import { t } from '../messages/catalogue.ts';

export function AnalyticsOverviewPage() {
  const me = useMe();
  useEffect(() => {
    document.title = t.shell.pageTitle(t.analytics.title, me.workspace.name);
  }, [me.workspace.name]);
  return <h1>{t.analytics.title}</h1>;
}
