import { Link } from '@tanstack/react-router';
import { t } from '../messages/catalogue.ts';

/** From a visit among others of its visitor to all that is known of it. */
export const visitLink = (visit: string) => (
  <Link to="/analytics/visits" search={{ open: visit }} data-testid="open-visit">
    {t.history.panel.openVisit}
  </Link>
);
