import type { ChatRefusal, Conversation } from '@foyer/protocol';
import { type ReactNode, useEffect, useEffectEvent, useRef } from 'react';
import { isTyping } from '../../app/shortcuts.ts';
import type { Done } from '../../chat/chat-types.ts';
import { useChat } from '../../chat/use-chat.ts';
import { t } from '../../messages/catalogue.ts';
import { isSameDay } from '../../messages/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { TickText } from '../../ui/tick-text.tsx';
import { showToast } from '../../ui/toast.tsx';
import { day, duration, timeOfDay } from '../../words/time.ts';
import { InboxIcon } from '../inbox-icon.tsx';
import { areKeysHeld } from '../held-keys.ts';
import { firstName, type People } from '../people.ts';
import { desk, focusTaken, useWantsFocus } from './composer-desk.ts';
import { CAPS } from './keys.ts';
import { refusedWord } from './refused-word.ts';

/**
 * In the place of the composer while this agent does not answer here: who does, and the one step to it. It is replaced, not greyed out,
 * so that nobody writes an answer that may not go out.
 */
export function StateBar({
  conversation,
  name,
  people,
  asked,
  onAsked,
}: {
  readonly conversation: Conversation;
  readonly name: string;
  readonly people: People;
  /** Why accepting was declined, so that it is asked for knowingly. Kept outside: for a moment the conversation looked accepted. */
  readonly asked: ChatRefusal | null;
  readonly onAsked: (code: ChatRefusal) => void;
}) {
  const chat = useChat();
  const { id, status, owner, blockedUntil } = conversation;
  if (blockedUntil > 0 && status === 'resolved') return <Blocked conversation={conversation} />;
  const answers = (done: Done): void => {
    desk.focus(id, 'reply');
    void done.then((result) => {
      if (result.ok) return;
      showToast({ text: refusedWord(result.error.code) });
      desk.focus(id, 'reply');
    });
  };
  if (status === 'ai') {
    return (
      <Bar kind="ai" label={t.composer.bar.aiLabel} id={id}>
        <p>
          <b>{t.composer.bar.aiAnswers(t.composer.bar.someAi)}</b> {t.composer.bar.notSeen(firstName(name))}
        </p>
        <NoteButton id={id} />
        <TakeOver onPress={() => answers(chat.takeOver(id))} />
      </Bar>
    );
  }
  if (status === 'unassigned') return <Unassigned conversation={conversation} name={name} asked={asked} onAsked={onAsked} />;
  if (status === 'resolved') {
    return (
      <Bar kind="resolved" label={t.composer.bar.resolvedLabel} id={id}>
        <p>
          <b>{t.composer.bar.resolved}</b> {conversation.resolvedAt > 0 && t.composer.bar.resolvedAt(moment(conversation.resolvedAt))}{' '}
          <span className="wide">{t.composer.bar.reopensBy}</span>
        </p>
        <NoteButton id={id} />
        <button className="button" type="button" data-testid="bar-reopen" onClick={() => answers(chat.reopen(id))}>
          <Icon name="undo" />
          {t.composer.bar.reopen}
        </button>
      </Bar>
    );
  }
  const who = owner.id === '' ? t.composer.bar.somebody : people.short(owner.id);
  return (
    <Bar kind="other" label={t.composer.bar.otherLabel} id={id}>
      <p>
        <b>{t.composer.bar.otherAnswers(who)}</b> {t.composer.bar.notSeen(firstName(name))}
      </p>
      <NoteButton id={id} />
      {status !== 'invited' && <TakeOver onPress={() => answers(chat.takeOver(id))} />}
    </Bar>
  );
}

function Bar({
  kind,
  label,
  id,
  children,
}: {
  readonly kind: 'ai' | 'other' | 'unassigned' | 'resolved' | 'blocked';
  readonly label: string;
  readonly id: string;
  readonly children: ReactNode;
}) {
  const root = useRef<HTMLElement>(null);
  const wants = useWantsFocus();
  // Somebody left the note for an answer they may not give yet: the keyboard goes on with the step to it.
  useEffect(() => {
    const button = root.current?.querySelector<HTMLElement>('.button:last-of-type');
    if (wants?.conversation !== id || !button) return;
    focusTaken();
    // A space that was meant for the words would press it.
    if (!areKeysHeld()) button.focus();
  }, [wants, id]);
  return (
    <section ref={root} className="takeover" data-kind={kind} aria-label={label} data-testid="state-bar" data-conversation={id}>
      {kind === 'ai' && (
        <span className="avatar avatar-ai" aria-hidden="true">
          <InboxIcon name="ai" size="sm" />
        </span>
      )}
      {children}
    </section>
  );
}

const NoteButton = ({ id }: { readonly id: string }) => (
  <button className="button" type="button" data-testid="write-note-here" onClick={() => desk.focus(id, 'note')}>
    <Icon name="lock" />
    {t.composer.note}
  </button>
);

function TakeOver({ onPress }: { readonly onPress: () => void }) {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (areKeysHeld() || event.key.toLowerCase() !== 't' || event.shiftKey || isTyping(event)) return;
    event.preventDefault();
    onPress();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKey(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  return (
    <button className="button button-primary" type="button" aria-keyshortcuts={CAPS.takeOver} data-testid="take-over" onClick={onPress}>
      <InboxIcon name="hand" />
      <span>{t.composer.bar.takeOver}</span>
      <kbd className="wide">{CAPS.takeOver}</kbd>
    </button>
  );
}

/** Beyond one's own number, or while away: it can be done, but knowingly. */
const ASKS: readonly ChatRefusal[] = ['at_capacity', 'not_available'];

function Unassigned({
  conversation,
  name,
  asked,
  onAsked,
}: {
  readonly conversation: Conversation;
  readonly name: string;
  readonly asked: ChatRefusal | null;
  readonly onAsked: (code: ChatRefusal) => void;
}) {
  const chat = useChat();
  const { id, awaitingSince } = conversation;
  const accept = (anyway: boolean): void => {
    desk.focus(id, 'reply');
    void chat.accept(id, anyway ? { anyway } : {}).then((result) => {
      if (result.ok) return;
      if (ASKS.includes(result.error.code)) onAsked(result.error.code);
      else showToast({ text: refusedWord(result.error.code) });
      desk.focus(id, 'reply');
    });
  };
  return (
    <Bar kind="unassigned" label={t.composer.bar.unassignedLabel} id={id}>
      <p role={asked ? 'alert' : undefined}>
        {asked ? (
          <b>{asked === 'at_capacity' ? t.composer.bar.atCapacity : t.composer.bar.notAvailable}</b>
        ) : (
          <>
            <b>{t.composer.bar.unassigned}</b>{' '}
            {awaitingSince > 0 && <TickText text={(now) => t.composer.bar.waits(firstName(name), duration(now - awaitingSince))} />}
          </>
        )}
      </p>
      <NoteButton id={id} />
      <button className="button button-primary" type="button" data-testid="accept" onClick={() => accept(asked !== null)}>
        {asked ? t.composer.bar.anyway : t.composer.bar.accept}
        {!asked && <kbd className="wide">{CAPS.accept}</kbd>}
      </button>
    </Bar>
  );
}

/** Beyond this a block has no end: it was made without one. */
const FOR_EVER_MS = 10 * 366 * 86_400_000;

function Blocked({ conversation }: { readonly conversation: Conversation }) {
  const chat = useChat();
  const { id, blockedUntil } = conversation;
  const ends = blockedUntil - Date.now() < FOR_EVER_MS;
  return (
    <Bar kind="blocked" label={t.composer.bar.resolvedLabel} id={id}>
      <p>
        <b>{ends ? t.composer.bar.blockedUntil(moment(blockedUntil)) : t.composer.bar.blocked}</b>
      </p>
      <NoteButton id={id} />
      <button
        className="button"
        type="button"
        data-testid="bar-unblock"
        onClick={() => void chat.unblock(id).then((result) => !result.ok && showToast({ text: refusedWord(result.error.code) }))}
      >
        {t.composer.bar.unblock}
      </button>
    </Bar>
  );
}

/** `14:35`, `18 Jun, 14:35` of another day. */
const moment = (at: number): string => {
  const now = Date.now();
  const time = timeOfDay(at).replace(/:\d\d$/, '');
  return isSameDay(at, now) ? time : `${day(at, now)}, ${time}`;
};
