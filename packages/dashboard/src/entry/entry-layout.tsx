import './entry.css';
import { Outlet } from '@tanstack/react-router';
import { t } from '../messages/catalogue.ts';
import { Mark } from '../ui/icons.tsx';
import { EntryMap } from './entry-map.tsx';
import { LanguageChoice } from './language-choice.tsx';

/** The form on the left, the world it opens on the right. */
export function EntryLayout() {
  return (
    <div className="entry">
      <main className="entry-form" id="main">
        <span className="wordmark">
          <Mark />
          {t.shell.brand}
        </span>
        <section className="entry-body">
          <Outlet />
        </section>
        <footer className="entry-foot">
          <span>{t.entry.foot}</span>
          <LanguageChoice />
        </footer>
      </main>
      <EntryMap />
    </div>
  );
}
