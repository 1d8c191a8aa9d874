import type { Row } from '@foyer/protocol';
import { t } from '../messages/catalogue.ts';
import { TickText } from '../ui/tick-text.tsx';
import { statusWord } from '../words/names.ts';
import { waitWord } from './age.ts';

/** The chat's state, for who waits with how long. Nothing for a visit without a chat: its dot says enough. */
export function StatusBadge({ status, waitingSince }: Pick<Row, 'status' | 'waitingSince'>) {
  if (status === 'active' || status === 'inactive') return null;
  return (
    <span className="badge" data-status={status} data-testid="status-badge">
      {statusWord(status)}
      {status === 'unassigned' && waitingSince > 0 && (
        <time>
          <span className="visually-hidden">{t.visitors.row.waiting} </span>
          <TickText text={(now) => waitWord(waitingSince, now)} />
        </time>
      )}
    </span>
  );
}
