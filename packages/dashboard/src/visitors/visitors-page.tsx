import './visitors.css';
import { lazy, Suspense, useEffect } from 'react';
import { NotInPlan } from '../app/not-in-plan.tsx';
import { mayChangeSettings, useMe } from '../app/session.ts';
import { t } from '../messages/catalogue.ts';
import { LiveVisitors } from './live-visitors.tsx';
import { MapStage } from './map-stage.tsx';

const TrackingOff = lazy(() => import('./empty-states.tsx').then((module) => ({ default: module.TrackingOff })));

export function VisitorsPage() {
  const me = useMe();
  useEffect(() => {
    document.title = t.shell.pageTitle(t.shell.visitors, me.workspace.name);
  }, [me.workspace.name]);
  if (!me.workspace.trackingInPlan) return <NotInPlan />;
  if (me.settings.tracking) return <LiveVisitors />;
  return (
    <div className="visitors" data-state="off">
      <MapStage map={null} />
      <Suspense fallback={null}>
        <TrackingOff mayTurnOn={mayChangeSettings(me)} admins={me.admins} />
      </Suspense>
    </div>
  );
}
