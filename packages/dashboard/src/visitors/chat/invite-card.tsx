import type { Conversation, Detail } from '@foyer/protocol';
import { type FormEvent, type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { useLookers } from '../../app/live.ts';
import { isMac } from '../../app/shortcuts.ts';
import type { Declined } from '../../chat/chat-types.ts';
import { useChat } from '../../chat/use-chat.ts';
import { t } from '../../messages/catalogue.ts';
import { languageName, listAnd, timeOfDay } from '../../messages/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { pathOf } from '../../words/address.ts';
import { visitorName } from '../../words/names.ts';
import { refusalText } from '../../words/refusal.ts';
import { ConversationLink, useOpenConversation } from './conversation-link.tsx';
import { draftOf, fits, keepDraft } from './first-words.ts';
import { orColleague, useInviters, useMemberName } from './use-visitor-chat.ts';

/**
 * The first message to a visitor. Colleagues are told while it is open; an invitation that waits already is said, and a second one is
 * asked about, here and by the server alike.
 */
export function InviteCard({
  visit,
  wish,
  pending,
  onDone,
}: {
  readonly visit: Detail;
  /** `start`: go on in the inbox. `invite`: stay here. */
  readonly wish: 'start' | 'invite';
  /** The visitor's conversation, as far as it is known. */
  readonly pending: Conversation | null;
  readonly onDone: () => void;
}) {
  const { visitor } = visit;
  const chat = useChat();
  const open = useOpenConversation();
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(() => draftOf(visitor));
  const [isSending, setSending] = useState(false);
  const [asks, setAsks] = useState(false);
  const [declined, setDeclined] = useState<Declined | null>(null);
  const name = visitorName(visit);
  const invitation = pending?.status === 'invited' ? pending.invitation : null;

  useEffect(() => {
    chat.inviting(visitor);
    return () => chat.inviting(null);
  }, [chat, visitor]);
  useEffect(() => {
    field.current?.focus({ preventScroll: true });
    field.current?.closest('form')?.scrollIntoView({ block: 'nearest' });
  }, []);
  // Closed with the focus in it, the keyboard goes on in the details.
  useLayoutEffect(() => {
    const card = field.current?.closest('form');
    const panel = card?.closest<HTMLElement>('.visit-panel');
    return () => {
      if (card?.contains(document.activeElement)) panel?.focus({ preventScroll: true });
    };
  }, []);
  // Taken back or answered meanwhile, there is nothing to ask about.
  const isInvited = invitation !== null;
  useEffect(() => {
    if (!isInvited) setAsks(false);
  }, [isInvited]);
  const keep = (): void => {
    setAsks(false);
    field.current?.focus();
  };

  const write = (next: string): void => {
    setText(next);
    setDeclined(null);
    keepDraft(visitor, next);
  };
  const send = async (anyway: boolean): Promise<void> => {
    if (isSending || fits(text) !== 'fits') return;
    if (invitation && !anyway) return setAsks(true);
    setAsks(false);
    setSending(true);
    const said = await chat.invite(visitor, { kind: 'text', text }, anyway ? { anyway } : {});
    setSending(false);
    if (!said.ok) {
      if (said.error.code === 'already_invited' && !anyway) return setAsks(true);
      return setDeclined(said.error);
    }
    keepDraft(visitor, '');
    onDone();
    if (wish === 'start') open(said.value.conversation);
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    void send(false);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send(false);
    else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      if (asks) keep();
      else onDone();
    }
  };
  const size = fits(text);
  const language = visit.lang === '' ? '' : languageName(visit.lang);
  return (
    <form
      className="invite-card"
      aria-labelledby={`${id}t`}
      data-testid="invite-card"
      data-wish={wish}
      onSubmit={onSubmit}
      onKeyDown={onKeyDown}
    >
      <h3 id={`${id}t`}>{wish === 'start' ? t.visit.invite.start(name) : t.visit.invite.invite(name)}</h3>
      <p className="hint">{wish === 'start' ? t.visit.invite.startText : t.visit.invite.inviteText}</p>
      <Others visit={visit} />
      {invitation && <Pending by={invitation.by} at={invitation.at} />}
      <textarea
        ref={field}
        className="field"
        aria-label={t.visit.invite.message}
        aria-describedby={`${id}h`}
        placeholder={t.visit.invite.placeholder}
        rows={3}
        dir="auto"
        value={text}
        data-testid="invite-text"
        onChange={(event) => write(event.target.value)}
      />
      <p className="invite-context" id={`${id}h`}>
        <bdi className="truncate">{t.visit.invite.now(visit.title || pathOf(visit.url))}</bdi>
        {language !== '' && <span>{t.visit.invite.speaks(language)}</span>}
      </p>
      {size === 'too long' && (
        <p className="field-problem" role="alert">
          {t.visit.invite.tooLong}
        </p>
      )}
      {declined && <DeclinedNote declined={declined} conversation={pending} />}
      {asks ? (
        <Question by={invitation?.by ?? ''} onSend={() => void send(true)} onKeep={keep} />
      ) : (
        <div className="invite-actions">
          <button
            className="button button-primary"
            type="submit"
            // Not `disabled`: the focus would be lost while it is sent.
            aria-disabled={size !== 'fits' || isSending}
            data-testid="send-invite"
          >
            <Icon name="send" size="sm" />
            {isSending ? t.visit.invite.sending : wish === 'start' ? t.visit.invite.sendAndOpen : t.visit.invite.send}
          </button>
          <button className="button button-ghost" type="button" onClick={onDone}>
            {t.visit.invite.cancel}
          </button>
          <span className="spacer" />
          <span className="hint invite-keys">{t.visit.invite.keys(isMac() ? '⌘ ↵' : 'Ctrl ↵')}</span>
        </div>
      )}
    </form>
  );
}

/** Who else is at it: whoever writes is said, whoever only looks more quietly. */
function Others({ visit }: { readonly visit: Detail }) {
  const inviters = useInviters(visit.visitor);
  const lookers = useLookers(visit.visitor).filter((name) => !inviters.includes(name));
  if (inviters.length + lookers.length === 0) return null;
  return (
    <div className="invite-others" role="status" data-testid="invite-others">
      {inviters.length > 0 && (
        <p data-warns>
          <Icon name="pencil" size="sm" />
          {t.visit.invite.writing(listAnd(inviters), inviters.length)}
        </p>
      )}
      {lookers.length > 0 && (
        <p>
          <Icon name="eye" size="sm" />
          {t.visit.invite.looking(listAnd(lookers), lookers.length)}
        </p>
      )}
    </div>
  );
}

function Pending({ by, at }: { readonly by: string; readonly at: number }) {
  const { self } = useChat();
  const name = useMemberName(by);
  return (
    <p className="invite-pending" data-testid="invite-pending">
      <Icon name="clock" size="sm" />
      {by === self ? t.visit.invite.pendingMine(timeOfDay(at)) : t.visit.invite.pending(orColleague(name), timeOfDay(at))}
    </p>
  );
}

function Question({ by, onSend, onKeep }: { readonly by: string; readonly onSend: () => void; readonly onKeep: () => void }) {
  const { self } = useChat();
  const name = useMemberName(by);
  const yes = useRef<HTMLButtonElement>(null);
  useEffect(() => yes.current?.focus(), []);
  return (
    <div className="invite-question" role="alertdialog" aria-label={t.visit.invite.state} data-testid="invite-question">
      <p>{by === self ? t.visit.invite.askMine : name === '' ? t.visit.invite.askSomebody : t.visit.invite.ask(name)}</p>
      <div className="invite-actions">
        <button className="button button-primary" type="button" ref={yes} onClick={onSend} data-testid="invite-anyway">
          {t.visit.invite.anyway}
        </button>
        <button className="button button-ghost" type="button" onClick={onKeep} data-testid="invite-keep">
          {t.visit.invite.keep}
        </button>
      </div>
    </div>
  );
}

function DeclinedNote({ declined, conversation }: { readonly declined: Declined; readonly conversation: Conversation | null }) {
  const known: Readonly<Record<string, string>> = t.visit.invite.refused;
  return (
    <p className="error" role="alert" data-testid="invite-declined">
      <Icon name="warn" />
      <span>
        {Object.hasOwn(known, declined.code) ? known[declined.code] : refusalText(declined)}{' '}
        {declined.code === 'has_conversation' && conversation && (
          <ConversationLink id={conversation.id}>{t.visit.panel.openConversation}</ConversationLink>
        )}
      </span>
    </p>
  );
}
