import './entry.css';
import { Outlet } from '@tanstack/react-router';
import { Mark } from '../ui/icons.tsx';
import { EntryMap } from './entry-map.tsx';

/** The form on the left, the world it opens on the right. */
export function EntryLayout() {
  return (
    <div className="entry">
      <main className="entry-form" id="main">
        <span className="wordmark">
          <Mark />
          Foyer
        </span>
        <section className="entry-body">
          <Outlet />
        </section>
        <p className="entry-foot">Open source, self-hosted.</p>
      </main>
      <EntryMap />
    </div>
  );
}
