import { type CannedReply, CHAT_LIMITS, type Conversation } from '@foyer/protocol';
import { useQuery } from '@tanstack/react-query';
import {
  type ClipboardEvent,
  type FormEvent,
  type KeyboardEvent,
  useEffect,
  useEffectEvent,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { cannedRepliesQuery, profileQuery } from '../../api/chat-queries.ts';
import { useMe } from '../../app/session.ts';
import { useChat, useConversation } from '../../chat/use-chat.ts';
import { t } from '../../messages/catalogue.ts';
import { Icon } from '../../ui/icons.tsx';
import { usePhone } from '../../ui/use-phone.ts';
import { timeOfDay } from '../../words/time.ts';
import { holdKeys } from '../held-keys.ts';
import { firstName, type People } from '../people.ts';
import { fill, matching, slashBefore, unfilled } from './canned.ts';
import { CannedMenu } from './canned-menu.tsx';
import { ComposerBar } from './composer-bar.tsx';
import { Builder } from './late-builder.ts';
import { desk, focusTaken, useDesk, useDraft, useWantsFocus } from './composer-desk.ts';
import { ComposerField, type Mark } from './composer-field.tsx';
import { ComposerNotice } from './composer-notice.tsx';
import { modeOf, textOf } from './drafts.ts';
import { insertText } from './insert-text.ts';
import { CAPS, enterSends, setEnterSends } from './keys.ts';
import { MentionMenu } from './mention-menu.tsx';
import { atBefore, handlesOf, mentioned, type Person, suggested } from './mentions.ts';
import { PendingFiles } from './pending-files.tsx';
import { useDropped } from './use-dropped.ts';
import { useSend } from './use-send.ts';
import { useWordMenu } from './use-word-menu.ts';
import { variablesOf } from './variables.ts';

/** What is somewhat too long is cut in the field. Far more than that freezes the page while it is laid out, and can only be meant as a file. */
const MOST_CHARS = 4 * CHAT_LIMITS.textBytes;

/** The composer itself. What is in it lives in the drafts; here are the field, what opens from it, and the keys. */
export function ComposerForm({
  conversation,
  name,
  mayReply,
  people,
}: {
  readonly conversation: Conversation;
  readonly name: string;
  readonly mayReply: boolean;
  readonly people: People;
}) {
  const me = useMe();
  const chat = useChat();
  const { id } = conversation;
  const { drafts, uploads } = useDesk();
  const draft = useDraft(id);
  const mode = modeOf(draft);
  const text = textOf(draft);
  const { editing } = draft;
  const takesFiles = mode === 'reply' && !editing && mayReply;
  const field = useRef<HTMLTextAreaElement>(null);
  const [caret, setCaret] = useState(0);
  const [sendsByEnter, setSendsByEnter] = useState(enterSends);
  const [lost, setLost] = useState(0);
  const [pasted, setPasted] = useState('');
  const [isBuilding, setBuilding] = useState(false);
  const isPhone = usePhone();
  const listId = useId();
  const sending = useSend(conversation, people);
  const open = useConversation(id);

  const { data: replies, isError: repliesFailed } = useQuery(cannedRepliesQuery);
  const { data: profile } = useQuery(profileQuery(id));
  const variables = variablesOf({ conversation, profile, me });
  const colleagues = people.agents.filter((one) => one.id !== me.user.id);
  const slash = mode === 'reply' && !editing ? slashBefore(text, caret) : null;
  const canned = useWordMenu(slash, slash && replies ? matching(replies, slash.query) : [], replies?.length === 0 && slash?.query === '');
  const at = mode === 'note' ? atBefore(text, caret) : null;
  const mention = useWordMenu<Person>(at, at ? suggested(colleagues, at.query).slice(0, 8) : []);
  const menu = canned ?? mention;

  const wants = useWantsFocus();
  useEffect(() => {
    if (wants?.conversation !== id || !field.current) return;
    focusTaken();
    field.current.focus();
    const end = field.current.value.length;
    field.current.setSelectionRange(end, end);
    setCaret(end);
  }, [wants, id]);

  useLayoutEffect(() => {
    const element = field.current;
    return () => {
      if (element !== null && element === document.activeElement) holdKeys();
    };
  }, []);

  // Once somebody goes elsewhere nobody is typing here any more.
  const rest = useEffectEvent(() => chat.typing(id, false));
  useEffect(() => () => rest(), [id]);

  const attach = (files: readonly { readonly name: string; readonly source: Blob }[]): void => {
    if (takesFiles) setLost(uploads.add(id, files));
  };
  const isDragged = useDropped(takesFiles, (files) => attach(files.map((file) => ({ name: file.name, source: file }))));

  const onChange = (value: string): void => {
    drafts.write(id, value);
    setCaret(field.current?.selectionStart ?? value.length);
    setLost(0);
    setPasted('');
    if (mode === 'reply' && !editing && mayReply) chat.typing(id, value.trim() !== '');
  };
  const put = (q: { from: number; to: number; text: string }): void => {
    if (field.current) insertText(field.current, q);
  };
  /** At the caret, over what is selected. */
  const putHere = (words: string): void => {
    const { selectionStart: from = text.length, selectionEnd: to = from } = field.current ?? {};
    put({ from, to, text: words });
  };
  /** Opens a menu by its own letter, so that the button and the key are one way. */
  const putTrigger = (letter: string): void => {
    const from = field.current?.selectionStart ?? text.length;
    putHere(from > 0 && !/\s$/.test(text.slice(0, from)) ? ` ${letter}` : letter);
  };
  const select = ({ from, to }: { from: number; to: number }): void => {
    field.current?.focus();
    field.current?.setSelectionRange(from, to);
  };
  const insertReply = (reply: CannedReply): void => {
    if (!canned) return;
    const filled = fill(reply.text, variables);
    put({ from: canned.at.from, to: caret, text: filled });
    const [first] = unfilled(filled);
    // What is missing is typed next: it is selected, so that typing replaces it.
    if (first) select({ from: canned.at.from + first.from, to: canned.at.from + first.to });
  };
  const insertMention = (person: Person): void => {
    if (mention) put({ from: mention.at.from, to: caret, text: `@${handlesOf(colleagues).get(person.id) ?? person.name} ` });
  };
  const insertChosen = (): void => {
    const reply = canned?.options[canned.chosen];
    const person = mention?.options[mention.chosen];
    if (reply) insertReply(reply);
    else if (person) insertMention(person);
  };
  const sendNow = useEffectEvent(() => sending.send());

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    // A candidate of an input method is confirmed by Enter too.
    if (event.nativeEvent.isComposing) return;
    const command = event.metaKey || event.ctrlKey;
    if (menu && menu.options.length > 0 && !event.altKey) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step !== undefined) {
        event.preventDefault();
        return menu.choose(menu.chosen + step);
      }
      if (event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey)) {
        event.preventDefault();
        insertChosen();
        // The field has the words now; what is sent is read after they are taken in.
        if (command) queueMicrotask(sendNow);
        return;
      }
    }
    if (event.key === 'Escape') {
      if (menu) menu.close();
      else if (editing) drafts.set(id, { editing: null });
      else {
        // Out of the field, so that the inbox's keys act again. A note not begun is left, too.
        if (mode === 'note' && text === '') drafts.set(id, { mode: 'reply' });
        field.current?.blur();
      }
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey && (command || (sendsByEnter && !isPhone))) {
      event.preventDefault();
      return sending.send();
    }
    if (event.key === 'ArrowUp' && text === '' && !editing) {
      const last = open?.messages.findLast(
        ({ from, body, gone }) =>
          from.kind === 'agent' && from.id === me.user.id && gone === '' && (mode === 'note' ? body.kind === 'note' : body.kind === 'text'),
      );
      if (last) {
        event.preventDefault();
        desk.edit(id, last);
      }
    }
  };
  const onPaste = (event: ClipboardEvent): void => {
    const words = event.clipboardData.getData('text/plain');
    if (text.length + words.length > MOST_CHARS) {
      event.preventDefault();
      return setPasted(words);
    }
    const files = [...event.clipboardData.files];
    // Copied from an office program there is a picture of the text beside the text.
    if (files.length === 0 || !takesFiles || event.clipboardData.types.includes('text/plain')) return;
    event.preventDefault();
    attach(files.map((file) => ({ name: nameOfPasted(file), source: file })));
  };
  const attachPasted = (): void => {
    attach([{ name: `${pastedName()}.txt`, source: new Blob([pasted], { type: 'text/plain' }) }]);
    setPasted('');
    field.current?.focus();
  };
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    sending.send();
    if (!isPhone) field.current?.focus();
  };

  const marks: Mark[] = [
    ...(canned ? [{ from: canned.at.from, to: caret, kind: 'query' as const }] : []),
    ...(mode === 'note' ? mentioned(text, people.agents).map((one) => ({ ...one, kind: 'mention' as const })) : []),
    ...sending.unknown.map((one) => ({ ...one, kind: 'unknown' as const })),
  ];
  const isNote = mode === 'note';
  const isRead = editing !== null && editing.seq <= conversation.marks.visitor.read;
  const label = isNote ? t.composer.noteAbout(name) : t.composer.replyTo(name);
  return (
    <>
      <form
        className={`composer${isNote ? ' composer-note' : ''}`}
        aria-label={label}
        data-testid="composer-form"
        data-mode={mode}
        data-editing={editing !== null || undefined}
        onSubmit={onSubmit}
      >
        {canned && (
          <CannedMenu
            id={listId}
            replies={canned.options}
            chosen={canned.chosen}
            variables={variables}
            onChoose={canned.choose}
            onInsert={insertReply}
          />
        )}
        {mention && (
          <MentionMenu id={listId} people={mention.options} chosen={mention.chosen} onChoose={mention.choose} onInsert={insertMention} />
        )}
        {editing && (
          <p className="composer-editing" data-testid="editing">
            <Icon name="pencil" size="sm" />
            {isNote ? t.composer.editingNote : isRead ? t.composer.editingRead : t.composer.editing}
            <span className="spacer" />
            <button className="link-button" type="button" onClick={() => drafts.set(id, { editing: null })}>
              {t.composer.cancel} <kbd>{CAPS.escape}</kbd>
            </button>
          </p>
        )}
        {takesFiles && <PendingFiles conversation={id} />}
        <ComposerField
          ref={field}
          marks={marks}
          value={text}
          aria-label={isNote ? t.composer.privateNote : t.composer.message}
          placeholder={
            isNote ? t.composer.notePlaceholder : isPhone ? t.composer.shortPlaceholder : t.composer.placeholder(firstName(name))
          }
          data-testid="composer-input"
          // Whichever way it comes: what is dropped, or said to the machine.
          maxLength={MOST_CHARS}
          enterKeyHint={sendsByEnter && !isPhone ? 'send' : 'enter'}
          {...(menu && menu.options.length > 0
            ? {
                // What a text field of several lines may have of a combobox.
                'aria-haspopup': 'listbox' as const,
                'aria-autocomplete': 'list' as const,
                'aria-controls': listId,
                'aria-activedescendant': `${listId}-${menu.chosen}`,
              }
            : {})}
          onChange={(event) => onChange(event.target.value)}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          onBlur={() => chat.typing(id, false)}
        />
        <ComposerNotice
          sending={sending}
          lost={lost}
          pastedChars={pasted.length}
          repliesFailed={repliesFailed && slash !== null}
          onShow={select}
          onAttachPasted={takesFiles ? attachPasted : undefined}
        />
        <ComposerBar
          mode={mode}
          isEditing={editing !== null}
          mayReply={mayReply}
          sending={sending}
          sendsByEnter={sendsByEnter}
          isCannedOpen={canned !== null}
          onBuild={() => setBuilding(true)}
          onMode={(next) => desk.focus(id, next)}
          onSendsByEnter={(sends) => {
            setEnterSends(sends);
            setSendsByEnter(sends);
          }}
          onFiles={(files) => attach(files.map((file) => ({ name: file.name, source: file })))}
          onEmoji={putHere}
          onTrigger={putTrigger}
          onCloseCanned={() => canned?.close()}
        />
        {isDragged && (
          <div className="composer-drop" aria-hidden="true">
            {t.composer.files.drop}
          </div>
        )}
      </form>
      {/* Beside the form: a form inside of another would send both. */}
      {isBuilding && (
        <Builder
          text={draft.reply}
          onClose={() => setBuilding(false)}
          onSend={(made) => {
            setBuilding(false);
            sending.sendBody(made);
          }}
        />
      )}
    </>
  );
}

/** Screenshots all come as `image.png`. */
function nameOfPasted(file: File): string {
  if (file.name !== '' && !/^image\.\w+$/.test(file.name)) return file.name;
  const ending = /\.\w+$/.exec(file.name)?.[0] ?? `.${file.type.split('/')[1] ?? 'png'}`;
  return pastedName() + ending;
}
const pastedName = (): string => t.composer.files.pasted(timeOfDay(Date.now()).replaceAll(':', '-'));
