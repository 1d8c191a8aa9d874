import '../ui/shell.css';
import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useState } from 'react';
import { api } from '../api/foyer-api.ts';
import { t } from '../messages/catalogue.ts';
import { Icon, type IconName, Mark } from '../ui/icons.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { type Live, LiveProvider, startLive } from './live.ts';
import { queryClient } from './query-client.ts';
import { mayChangeSettings, useMe } from './session.ts';
import { SiteSwitcher } from './site-switcher.tsx';
import { UserMenu } from './user-menu.tsx';
import { useShortcuts } from './shortcuts.ts';

interface Section {
  readonly to: '/visitors' | '/monitor' | '/settings';
  readonly word: string;
  readonly icon: IconName;
  readonly keys: readonly [string, string];
}

export function Shell() {
  const me = useMe();
  const navigate = useNavigate();
  const path = useLocation({ select: (at) => at.pathname });
  const live = useStartedLive(() => {
    queryClient.clear();
    void navigate({ to: '/login', search: { next: location.pathname + location.search } });
  });
  const visitors: Section = { to: '/visitors', word: t.shell.visitors, icon: 'visitors', keys: ['G', 'V'] };
  const monitor: Section = { to: '/monitor', word: t.shell.monitor, icon: 'activity', keys: ['G', 'M'] };
  const settings: Section = { to: '/settings', word: t.shell.settings, icon: 'settings', keys: ['G', 'S'] };
  const top = me.workspace.trackingInPlan ? [visitors, monitor] : [];
  const sitePage = (['/visitors', '/monitor'] as const).find((page) => path.startsWith(page));
  const bottom = mayChangeSettings(me) ? [settings] : [];
  useShortcuts({
    v: () => top.length > 0 && void navigate({ to: '/visitors' }),
    m: () => top.length > 0 && void navigate({ to: '/monitor' }),
    s: () => bottom.length > 0 && void navigate({ to: '/settings' }),
  });

  const railItem = (section: Section) => (
    <li key={section.to}>
      <Link className="rail-item" to={section.to} aria-current={path.startsWith(section.to) ? 'page' : undefined}>
        <Icon name={section.icon} />
        <span className="rail-label floating">
          {section.word} <kbd>{section.keys[0]}</kbd>
          <kbd>{section.keys[1]}</kbd>
        </span>
      </Link>
    </li>
  );

  const signOut = async (): Promise<void> => {
    await api.logout().catch(() => undefined);
    live?.client.stop();
    queryClient.clear();
    await navigate({ to: '/login' });
  };

  if (!live) return null;
  return (
    <LiveProvider value={live}>
      <a className="skip button" href="#main">
        Skip to content
      </a>
      <div className="shell">
        <nav className="rail" aria-label="Main">
          <Link className="brand" to="/visitors" aria-label="Foyer">
            <Mark />
          </Link>
          <ul>{top.map(railItem)}</ul>
          <span className="spacer" />
          <ul>{bottom.map(railItem)}</ul>
        </nav>
        <header className="topbar">
          <span className="workspace">
            <span className="workspace-mark" aria-hidden="true">
              {me.workspace.name.slice(0, 1).toUpperCase()}
            </span>
            <span className="workspace-name truncate">{me.workspace.name}</span>
          </span>
          {sitePage && me.workspace.trackingInPlan && me.sites.length > 0 && (
            <>
              <span className="slash" aria-hidden="true">
                /
              </span>
              <SiteSwitcher sites={me.sites} page={sitePage} />
            </>
          )}
          <span className="spacer" />
          <UserMenu onSignOut={() => void signOut()} />
        </header>
        <ConnectionBanner />
        <main className="main" id="main" tabIndex={-1}>
          <Outlet />
        </main>
        <nav className="tabbar" aria-label="Main, phone" style={{ gridTemplateColumns: `repeat(${top.length + bottom.length}, 1fr)` }}>
          {[...top, ...bottom].map((section) => (
            <Link key={section.to} to={section.to} aria-current={path.startsWith(section.to) ? 'page' : undefined}>
              <Icon name={section.icon} />
              {section.word}
            </Link>
          ))}
        </nav>
      </div>
    </LiveProvider>
  );
}

function useStartedLive(onSignedOut: () => void): Live | null {
  const [live, setLive] = useState<Live | null>(null);
  const leave = useEffectEvent(onSignedOut);
  // One live side for as long as the shell is there.
  useEffect(() => {
    const started = startLive(() => leave());
    setLive(started.live);
    return started.stop;
  }, []);
  return live;
}
