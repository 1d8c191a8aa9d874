import './analytics.css';
import { Link, Outlet, useLocation, useSearch } from '@tanstack/react-router';
import { t } from '../messages/catalogue.ts';

/** Figures, people, visits and requests of the past: pages of one kind, a line of tabs above them. Site and own days go along, half a range does not. */
export function AnalyticsLayout() {
  const path = useLocation({ select: (at) => at.pathname });
  const { site, from, to } = useSearch({ strict: false, select: ({ site, from, to }) => ({ site, from, to }) });
  const days = from === undefined || to === undefined ? {} : { from, to };
  const tab = (address: '/analytics' | '/analytics/visitors' | '/analytics/visits' | '/analytics/requests', word: string) => (
    <li>
      <Link
        to={address}
        // Overview is the beginning of every other address.
        activeOptions={{ exact: true, includeSearch: false }}
        search={{ ...(address === '/analytics/requests' ? {} : { site }), ...days }}
        aria-current={path === address ? 'page' : undefined}
      >
        {word}
      </Link>
    </li>
  );
  return (
    <div className="analytics">
      <nav className="analytics-tabs" aria-label={t.analytics.pages}>
        <ul>
          {tab('/analytics', t.analytics.overview)}
          {tab('/analytics/visitors', t.analytics.people)}
          {tab('/analytics/visits', t.analytics.visits)}
          {tab('/analytics/requests', t.analytics.requests)}
        </ul>
      </nav>
      <div className="page-scroll">
        <Outlet />
      </div>
    </div>
  );
}
