import '../ui/shell.css';
import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useState } from 'react';
import { api } from '../api/foyer-api.ts';
import { t, withTexts } from '../messages/catalogue.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Icon, Mark } from '../ui/icons.tsx';
import { Menu } from '../ui/menu.tsx';
import { late, NotLoaded, preloadLate } from '../ui/late.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { type Live, LiveProvider, startLive } from './live.ts';
import { queryClient } from './query-client.ts';
import { type Section, sectionsOf } from './sections.ts';
import { useMe } from './session.ts';
import { useShortcuts } from './shortcuts.ts';
import { TopBar } from './top-bar.tsx';
import { UnreadBadge } from './unread-badge.tsx';

const Palette = late(
  withTexts(['palette', 'settings'], () => import('./palette/palette.tsx').then((module) => module.Palette)),
  { failed: (again, { onClose }) => <NotThere onAgain={again} onClose={onClose} /> },
);
const ShortcutHelp = late(
  withTexts(['keys'], () => import('./shortcut-help.tsx').then((module) => module.ShortcutHelp)),
  { failed: (again, { onClose }) => <NotThere onAgain={again} onClose={onClose} /> },
);

/** Neither is anything to look at, so a file that did not come leaves no mark. */
const ChatHost = late(() => import('../chat/chat-host.tsx').then((module) => module.ChatHost), { failed: () => null });

const NotifyHost = late(
  withTexts(['notify'], () => import('../notify/notify-host.tsx').then((module) => module.NotifyHost)),
  { failed: () => null },
);

export function Shell() {
  const me = useMe();
  const navigate = useNavigate();
  const path = useLocation({ select: (at) => at.pathname });
  const live = useStartedLive(() => {
    queryClient.clear();
    void navigate({ to: '/login', search: { next: location.pathname + location.search } });
  });
  const [over, setOver] = useState<'palette' | 'help' | null>(null);
  const { top, end } = sectionsOf(me);
  const sections = [...top, ...end];
  const firsts = sections.filter(({ isSecond }) => !isSecond);
  useShortcuts({
    go: Object.fromEntries(sections.map((section) => [section.keys[1].toLowerCase(), () => navigate({ to: section.to })])),
    onPalette: () => setOver(over === 'palette' ? null : 'palette'),
    onHelp: () => setOver('help'),
  });
  const signOut = async (): Promise<void> => {
    // Whoever uses this browser next is told nothing. Without a session the server would not listen any more.
    await import('../notify/push-device.ts').then(({ forgetPush }) => forgetPush()).catch(() => undefined);
    await api.logout().catch(() => undefined);
    live?.client.stop();
    queryClient.clear();
    await navigate({ to: '/login' });
  };

  if (!live) return null;
  const isHere = (section: Section) => (path.startsWith(section.to) ? 'page' : undefined);
  const railItem = (section: Section) => (
    <li key={section.to}>
      <Link className="rail-item" to={section.to} aria-current={isHere(section)}>
        <Icon name={section.icon} />
        {section.counts && <UnreadBadge />}
        <span className="rail-label floating">
          {section.word} <kbd>{section.keys[0]}</kbd>
          <kbd>{section.keys[1]}</kbd>
        </span>
      </Link>
    </li>
  );
  return (
    <LiveProvider value={live}>
      <a className="skip button" href="#main">
        {t.shell.skip}
      </a>
      <div className="shell">
        <nav className="rail" aria-label={t.shell.main}>
          <Link className="brand" to="/visitors" aria-label={t.shell.brand}>
            <Mark />
          </Link>
          <ul>{top.map(railItem)}</ul>
          <span className="spacer" />
          <ul>
            <li>
              <button className="rail-item" type="button" data-testid="shortcuts" onClick={() => setOver('help')}>
                <Icon name="help" />
                <span className="rail-label floating">
                  {t.shell.shortcuts} <kbd>?</kbd>
                </span>
              </button>
            </li>
            {end.map(railItem)}
          </ul>
        </nav>
        <TopBar
          path={path}
          onPalette={() => setOver('palette')}
          onNearPalette={() => void Palette.preload()}
          onHelp={() => setOver('help')}
          onSignOut={() => void signOut()}
        />
        <ConnectionBanner />
        <main className="main" id="main" tabIndex={-1}>
          <ChatHost />
          <NotifyHost />
          <Outlet />
        </main>
        <nav className="tabbar" aria-label={t.shell.mainPhone} style={{ gridTemplateColumns: `repeat(${firsts.length + 1}, 1fr)` }}>
          {firsts.map((section) => (
            <Link key={section.to} to={section.to} aria-current={isHere(section)}>
              <Icon name={section.icon} />
              {section.counts && <UnreadBadge />}
              {section.short}
            </Link>
          ))}
          <Menu
            buttonClass="tabbar-more"
            buttonLabel={t.shell.more}
            align="end"
            testId="tabbar-more"
            button={
              <>
                <Icon name="more" />
                {t.shell.more}
              </>
            }
            groups={[
              {
                items: sections
                  .filter(({ isSecond }) => isSecond)
                  .map((section) => ({
                    id: section.to,
                    label: (
                      <>
                        <Icon name={section.icon} />
                        {section.word}
                      </>
                    ),
                    onSelect: () => void navigate({ to: section.to }),
                  })),
              },
            ]}
          />
        </nav>
      </div>
      {over === 'palette' && (
        <Palette path={path} onClose={() => setOver(null)} onHelp={() => setOver('help')} onSignOut={() => void signOut()} />
      )}
      {over === 'help' && <ShortcutHelp onClose={() => setOver(null)} />}
    </LiveProvider>
  );
}

function NotThere({ onAgain, onClose }: { readonly onAgain: () => void; readonly onClose: () => void }) {
  return (
    <Dialog label={t.shell.notLoaded} className="" testId="not-there" onClose={onClose}>
      <NotLoaded onAgain={onAgain} />
    </Dialog>
  );
}

function useStartedLive(onSignedOut: () => void): Live | null {
  const [live, setLive] = useState<Live | null>(null);
  const leave = useEffectEvent(onSignedOut);
  // One live side for as long as the shell is there.
  useEffect(() => {
    const started = startLive(() => leave());
    setLive(started.live);
    const { client } = started.live;
    let stopLoading = (): void => {};
    // After what the page itself needs; the palette has to open without a network too.
    const undo = client.subscribeConnection(() => {
      if (client.connection.state !== 'open') return;
      stopLoading = preloadLate([Palette.preload, ShortcutHelp.preload]);
      undo();
    });
    return () => {
      undo();
      stopLoading();
      started.stop();
    };
  }, []);
  return live;
}
