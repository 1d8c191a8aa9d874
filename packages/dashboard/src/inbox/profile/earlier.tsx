import type { Conversation } from '@foyer/protocol';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useLive } from '../../app/live.ts';
import { useEntry } from '../../chat/use-chat.ts';
import { t } from '../../messages/catalogue.ts';
import { statusWord } from '../../words/names.ts';
import { day } from '../../words/time.ts';
import { lastWords } from '../people.ts';

const SHOWN_FIRST = 3;

/** Other conversations of this person, newest first, each by what was said last. */
export function Earlier({ earlier, current }: { readonly earlier: readonly Conversation[]; readonly current: string }) {
  const [all, setAll] = useState(false);
  const others = earlier.filter((one) => one.id !== current);
  const shown = all ? others : others.slice(0, SHOWN_FIRST);
  return (
    <section className="profile-section" aria-labelledby="profile-earlier">
      <h3 id="profile-earlier">{t.profile.earlier}</h3>
      {others.length === 0 ? (
        <p className="quiet">{t.profile.noEarlier}</p>
      ) : (
        <ul className="earlier-list" data-testid="earlier-conversations">
          {shown.map((one) => (
            <EarlierLine key={one.id} conversation={one} />
          ))}
        </ul>
      )}
      {shown.length < others.length && (
        <button className="link-button" type="button" onClick={() => setAll(true)}>
          {t.profile.allEarlier(others.length - shown.length)}
        </button>
      )}
    </section>
  );
}

function EarlierLine({ conversation }: { readonly conversation: Conversation }) {
  const { client } = useLive();
  const entry = useEntry(conversation.id);
  const now = client.time.now() || conversation.lastMessageAt;
  const { status } = conversation;
  const shown = status === 'invited' ? 'inactive' : status;
  return (
    <li>
      <Link to="/inbox/$conversation" params={{ conversation: conversation.id }} search={(old) => old}>
        <b className="truncate" dir="auto">
          {(entry?.last && lastWords(entry.last).text) || t.inbox.last.nothing}
        </b>
        <span className="badge" data-status={shown}>
          <i className="dot" data-status={shown} />
          {status === 'invited' ? t.inbox.invited : statusWord(status)}
        </span>
        <time className="num" dateTime={new Date(conversation.lastMessageAt).toISOString()}>
          {day(conversation.lastMessageAt, now)}
        </time>
      </Link>
    </li>
  );
}
