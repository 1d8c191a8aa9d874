import { CHAT_TIMES, type Message } from '@foyer/protocol';
import { useEffect, useState } from 'react';
import { useLive } from '../../app/live.ts';
import { useChat } from '../../chat/use-chat.ts';
import { t } from '../../messages/catalogue.ts';
import { Icon } from '../../ui/icons.tsx';
import { TickText } from '../../ui/tick-text.tsx';
import { showToast } from '../../ui/toast.tsx';
import { desk, useDesk } from './composer-desk.ts';
import { refusedWord } from './refused-word.ts';

interface Own {
  readonly conversation: string;
  readonly message: Message;
  /** The visitor has seen it: what is done now is done before their eyes. */
  readonly isRead: boolean;
}
const isChangeable = ({ body, gone }: Message): boolean =>
  gone === '' && (body.kind === 'text' || body.kind === 'note' || body.kind === 'attachment');
const isRemovable = ({ body, gone }: Message): boolean =>
  gone === '' &&
  (body.kind === 'text' || body.kind === 'note' || body.kind === 'attachment' || body.kind === 'buttons' || body.kind === 'form');

const useIsOwn = ({ from }: Message): boolean => {
  const chat = useChat();
  return from.kind === 'agent' && from.id === chat.self;
};

/** Beside an own message: edit it (in the composer) or delete it. Draws nothing for what cannot be changed. */
export function MessageActions({ conversation, message, isRead }: Own) {
  const chat = useChat();
  const isOwn = useIsOwn(message);
  const [asked, setAsked] = useState(false);
  if (!isOwn || !isRemovable(message)) return null;
  const remove = (): void => {
    setAsked(false);
    void chat
      .remove(conversation, message.seq, 'delete')
      .then((result) => !result.ok && showToast({ text: refusedWord(result.error.code) }));
  };
  return (
    <span
      className="own-actions"
      role="group"
      aria-label={t.composer.own.actions}
      data-testid="own-actions"
      data-asked={asked || undefined}
    >
      {isChangeable(message) && (
        <button
          className="icon-button icon-button-sm"
          type="button"
          aria-label={t.composer.own.edit}
          title={t.composer.own.edit}
          data-testid="edit-message"
          onClick={() => desk.edit(conversation, message)}
        >
          <Icon name="pencil" size="sm" />
        </button>
      )}
      <button
        className={asked ? 'button button-ghost button-sm button-danger' : 'icon-button icon-button-sm'}
        type="button"
        aria-label={asked ? undefined : t.composer.own.remove}
        title={t.composer.own.remove}
        data-testid="delete-message"
        // Its words are gone for good on both sides, so it takes a second press.
        onClick={() => (asked ? remove() : setAsked(true))}
        onBlur={() => setAsked(false)}
      >
        {asked ? isRead ? t.composer.own.reallyRemoveRead : t.composer.own.reallyRemove : <Icon name="trash" size="sm" />}
      </button>
    </span>
  );
}

/** In the delivery line of what was just sent: takes it back while the countdown runs, and says so when it was read. Draws nothing when it cannot be. */
export function UndoSend({ conversation, message, isRead }: Own) {
  const chat = useChat();
  const { client } = useLive();
  const { drafts, uploads } = useDesk();
  const isOwn = useIsOwn(message);
  const until = message.at + CHAT_TIMES.undoForMs;
  const [isOver, setOver] = useState(() => client.time.now() >= until);
  useEffect(() => {
    const leftMs = until - client.time.now();
    if (leftMs <= 0) return setOver(true);
    const timer = setTimeout(() => setOver(true), leftMs);
    return () => clearTimeout(timer);
  }, [until, client]);
  if (!isOwn || isOver || !isRemovable(message) || message.answeredBy > 0 || message.editedAt > 0) return null;
  const undo = (): void => {
    const { body } = message;
    const asked = drafts.get(conversation);
    void chat.remove(conversation, message.seq, 'undo').then((result) => {
      if (!result.ok) return showToast({ text: refusedWord(result.error.code) });
      if ('text' in body) {
        const mode = body.kind === 'note' ? 'note' : 'reply';
        const isInField = drafts.restore(conversation, mode, body.text, asked);
        if (body.kind === 'attachment')
          uploads.bringBack(
            conversation,
            body.files.map((file) => file.id),
          );
        if (isInField) desk.focus(conversation, mode);
      }
    });
  };
  return (
    <button
      className="undo-send"
      type="button"
      title={isRead ? t.composer.own.takeBackWhy : undefined}
      data-testid="undo-send"
      data-read={isRead || undefined}
      onClick={undo}
    >
      <Icon name="undo" size="xs" />
      {isRead ? t.composer.own.takeBack : t.composer.own.undo}
      <TickText className="num" text={(now) => t.composer.own.seconds(Math.max(1, Math.ceil((until - now) / 1_000)))} />
    </button>
  );
}
