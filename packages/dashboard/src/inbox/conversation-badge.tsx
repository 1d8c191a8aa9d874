import type { Conversation } from '@foyer/protocol';
import { useRef } from 'react';
import { useTick } from '../app/live.ts';
import { t } from '../messages/catalogue.ts';
import { waitWord } from '../visitors/age.ts';

/** The conversation's state; of one nobody has taken, with the time it waits. Solid once the goal is missed; nothing blinks. */
export function ConversationBadge({
  conversation,
  goalMs = 0,
  children,
}: {
  readonly conversation: Pick<Conversation, 'status' | 'waitingSince'>;
  /** Answers are to come within this; 0: no goal. */
  readonly goalMs?: number;
  /** Behind the word. */
  readonly children?: React.ReactNode;
}) {
  const { status, waitingSince } = conversation;
  const badge = useRef<HTMLSpanElement>(null);
  const wait = useRef<HTMLSpanElement>(null);
  useTick((now) => {
    if (status !== 'unassigned' || waitingSince === 0) return badge.current?.classList.remove('is-late');
    badge.current?.classList.toggle('is-late', goalMs > 0 && now - waitingSince > goalMs);
    const next = waitWord(waitingSince, now);
    if (wait.current && wait.current.textContent !== next) wait.current.textContent = next;
  });
  return (
    <span className="badge" data-status={status === 'invited' ? 'inactive' : status} data-testid="conversation-badge" ref={badge}>
      <i className="dot" />
      {status === 'invited' ? t.inbox.invited : t.words.status[status]}
      {children}
      {status === 'unassigned' && waitingSince > 0 && (
        <time className="num">
          <span className="visually-hidden">{t.inbox.waiting} </span>
          <span ref={wait} />
        </time>
      )}
    </span>
  );
}
