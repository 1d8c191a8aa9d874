import './settings.css';
import './settings-more.css';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { NotInPlan } from '../app/not-in-plan.tsx';
import { mayChangeSettings, useMe } from '../app/session.ts';
import { t } from '../messages/catalogue.ts';
import { Icon } from '../ui/icons.tsx';
import { AskWhom } from '../visitors/ask-whom.tsx';
import { listOr } from '../words/names.ts';
import { openSettingsPages, SETTINGS_PAGES, type SettingsPage, settingsPageWord } from './settings-pages.ts';

export function SettingsLayout() {
  const me = useMe();
  const path = useLocation({ select: (at) => at.pathname });
  const nav = useRef<HTMLElement>(null);
  // On a phone the pages are a line that scrolls sideways.
  useEffect(() => {
    void nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [path]);
  const here = SETTINGS_PAGES.find((page) => page.to === path);
  const open = openSettingsPages(me);
  const mayOpen = open.some((page) => page === here);
  if (!mayChangeSettings(me) && !(mayOpen || here?.key === 'seen')) {
    return (
      <AskWhom icon="lock" title={t.settings.forAdmins} text={t.settings.forAdminsText(listOr(me.admins))} people={me.admins}>
        <Link className="button" to="/visitors">
          {t.settings.backToVisitors}
        </Link>
      </AskWhom>
    );
  }
  const page = here && !mayOpen ? <NotInPlan /> : <Outlet />;
  if (!mayChangeSettings(me)) return <div className="page-scroll">{page}</div>;
  const group = (name: SettingsPage['group']) => {
    const pages = open.filter((one) => one.group === name);
    return (
      pages.length > 0 && (
        <>
          <h2>{t.settings.groups[name]}</h2>
          <ul>
            {pages.map((one) => (
              <li key={one.to}>
                <Link to={one.to} aria-current={path === one.to ? 'page' : undefined}>
                  <Icon name={one.icon} />
                  {settingsPageWord(one)}
                </Link>
              </li>
            ))}
          </ul>
        </>
      )
    );
  };
  return (
    <div className="settings">
      <nav className="settings-nav" ref={nav} aria-label={t.settings.title}>
        {group('workspace')}
        {group('visitors')}
        {group('chat')}
      </nav>
      <div className="page-scroll">{page}</div>
    </div>
  );
}
