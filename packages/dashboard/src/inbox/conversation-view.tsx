import { useEffect } from 'react';
import { Link } from '@tanstack/react-router';
import { useChat, useConversation, useTranscriptState } from '../chat/use-chat.ts';
import { t } from '../messages/catalogue.ts';
import { Icon, Mark } from '../ui/icons.tsx';
import { Composer } from './composer/composer.tsx';
import { AssignDialog } from './head/assign-dialog.tsx';
import { BlockDialog } from './head/block-dialog.tsx';
import { type Asking, ConversationHead } from './head/conversation-head.tsx';
import { TagsDialog } from './head/tags-dialog.tsx';
import type { InboxActs } from './inbox-act.ts';
import { entryName, type People } from './people.ts';
import { TranscriptView } from './transcript/transcript-view.tsx';
import { useVisitOf } from './visits.tsx';

/** One conversation: head, transcript, composer. */
export function ConversationView({
  id,
  at,
  goalMs,
  people,
  acts,
  asking,
  isProfileOpen,
  onAsk,
  onProfile,
}: {
  readonly id: string;
  /** `seq` of a message to show; 0: the end. */
  readonly at: number;
  readonly goalMs: number;
  readonly people: People;
  readonly acts: InboxActs;
  readonly asking: Asking | null;
  readonly isProfileOpen: boolean;
  readonly onAsk: (asking: Asking | null) => void;
  readonly onProfile: () => void;
}) {
  const chat = useChat();
  const open = useConversation(id);
  const state = useTranscriptState(id);
  const entry = chat.entries.get(id);
  const visit = useVisitOf(entry?.conversation.visitor ?? '');

  useEffect(() => {
    chat.watch(id);
    return () => chat.watch(null);
  }, [chat, id]);

  if (state === 'missing')
    return (
      <section className="conversation conversation-empty" data-testid="conversation-missing">
        <div className="empty">
          <span className="empty-mark">
            <Mark />
          </span>
          <h2>{t.inbox.missing}</h2>
          <p>{t.inbox.missingText}</p>
          <Link className="button" to="/inbox">
            {t.inbox.toInbox}
          </Link>
        </div>
      </section>
    );
  const conversation = open?.conversation ?? entry?.conversation;
  if (!conversation || !entry) return <GhostConversationView isFailed={state === 'failed'} />;
  const name = entryName(entry, visit);
  return (
    <section className="conversation" aria-label={name} data-testid="conversation" data-conversation={id} data-state={state}>
      <ConversationHead
        conversation={conversation}
        name={name}
        visit={visit}
        lookers={open?.lookers ?? []}
        people={people}
        acts={acts}
        goalMs={goalMs}
        isProfileOpen={isProfileOpen}
        onProfile={onProfile}
        onAsk={onAsk}
      />
      {open ? <TranscriptView open={open} name={name} people={people} at={at} /> : <GhostTranscript isFailed={state === 'failed'} />}
      <Composer conversation={conversation} name={name} />
      {asking === 'assign' && <AssignDialog conversation={conversation} people={people} acts={acts} onClose={() => onAsk(null)} />}
      {asking === 'block' && <BlockDialog name={name} onBlock={(forMs) => void acts.block(id, name, forMs)} onClose={() => onAsk(null)} />}
      {asking === 'tags' && <TagsDialog tags={conversation.tags} onTags={(tags) => void acts.tags(id, tags)} onClose={() => onAsk(null)} />}
    </section>
  );
}

function GhostConversationView({ isFailed }: { readonly isFailed: boolean }) {
  return (
    <section className="conversation" aria-busy={!isFailed} aria-label={t.inbox.loading} data-testid="conversation-loading">
      <header className="conversation-head">
        <Link className="icon-button back" to="/inbox" search={({ at: _, ...search }) => search} aria-label={t.inbox.back}>
          <Icon name="left" />
        </Link>
        <span className="skeleton ghost-face" aria-hidden="true" />
        <span className="skeleton ghost-who" aria-hidden="true" />
      </header>
      <GhostTranscript isFailed={isFailed} />
    </section>
  );
}

const GHOSTS = [
  [62, 'start'],
  [38, 'start'],
  [54, 'end'],
  [70, 'end'],
  [44, 'start'],
] as const;
function GhostTranscript({ isFailed }: { readonly isFailed: boolean }) {
  if (isFailed)
    return (
      <div className="transcript-wrap">
        <div className="list-note" role="status" data-testid="transcript-failed">
          <Icon name="wifi" />
          <p>{t.inbox.transcriptFailed}</p>
        </div>
      </div>
    );
  return (
    <div className="transcript-wrap">
      <div className="messages ghost-messages" aria-hidden="true">
        {GHOSTS.map(([width, side]) => (
          <span key={width} className="skeleton ghost-bubble" style={{ inlineSize: `${width}%`, alignSelf: `flex-${side}` }} />
        ))}
      </div>
    </div>
  );
}
