import { t } from '../messages/catalogue.ts';
import { useUnread } from './late-chat.ts';

/** The red count at an item of the navigation; nothing when nothing is new. */
export function UnreadBadge() {
  const unread = useUnread();
  if (unread === 0) return null;
  return (
    <span className="count num" data-testid="unread-badge" data-value={unread}>
      <span aria-hidden="true">{unread > 99 ? '99+' : unread}</span>
      <span className="visually-hidden">{t.shell.unreadChats(unread)}</span>
    </span>
  );
}
