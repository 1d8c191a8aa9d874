import './visitors.css';
import { useEffect } from 'react';
import { mayChangeSettings, useMe } from '../app/session.ts';
import { t, withTexts } from '../messages/catalogue.ts';
import { late } from '../ui/late.tsx';
import { LiveVisitors } from './live-visitors.tsx';
import { MapStage } from './map-stage.tsx';

const NotInPlan = late(() => import('../app/not-in-plan.tsx').then((module) => module.NotInPlan));
const TrackingOff = late(withTexts(['start'], () => import('./empty-states.tsx').then((module) => module.TrackingOff)));

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
      <TrackingOff mayTurnOn={mayChangeSettings(me)} admins={me.admins} />
    </div>
  );
}
