import './settings.css';
import './settings-more.css';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { mayChangeSettings, useMe } from '../app/session.ts';
import { Icon, type IconName } from '../ui/icons.tsx';
import { listOr } from '../words/names.ts';
import { AskWhom } from '../visitors/ask-whom.tsx';

interface Page {
  readonly to: '/settings/general' | '/settings/team' | '/settings/visitors' | '/settings/install';
  readonly word: string;
  readonly icon: IconName;
}
const WORKSPACE: readonly Page[] = [
  { to: '/settings/general', word: 'General', icon: 'settings' },
  { to: '/settings/team', word: 'Team', icon: 'users' },
];
const VISITORS: readonly Page[] = [
  { to: '/settings/visitors', word: 'Visitors', icon: 'visitors' },
  { to: '/settings/install', word: 'Install', icon: 'code' },
];

export function SettingsLayout() {
  const me = useMe();
  const path = useLocation({ select: (at) => at.pathname });
  if (!mayChangeSettings(me)) {
    return (
      <AskWhom
        icon="lock"
        title="Settings are for Owners and Admins"
        text={`You are an Agent here. ${listOr(me.admins)} can change this for you.`}
        people={me.admins}
      >
        <Link className="button" to="/visitors">
          Back to Visitors
        </Link>
      </AskWhom>
    );
  }
  const group = (title: string, pages: readonly Page[]) => (
    <>
      <h2>{title}</h2>
      <ul>
        {pages.map((page) => (
          <li key={page.to}>
            <Link to={page.to} aria-current={path === page.to ? 'page' : undefined}>
              <Icon name={page.icon} />
              {page.word}
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
  const needsPlan = VISITORS.some((page) => page.to === path) && !me.workspace.trackingInPlan;
  return (
    <div className="settings">
      <nav className="settings-nav" aria-label="Settings">
        {group('Workspace', WORKSPACE)}
        {me.workspace.trackingInPlan && group('Visitors', VISITORS)}
      </nav>
      <div className="page-scroll">
        {needsPlan ? (
          <AskWhom
            icon="eyeoff"
            title="Visitor tracking is not part of your plan"
            text={`The plan of ${me.workspace.name} comes without visitor tracking. Whoever runs this Foyer can change the plan.`}
          />
        ) : (
          <Outlet />
        )}
      </div>
    </div>
  );
}
