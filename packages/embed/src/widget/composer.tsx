import { CHAT_LIMITS } from '@foyer/protocol/link';
import { Fragment, h } from 'preact';
import { draw } from './bubble.tsx';
import { emoji, files, forms } from './chunks.ts';
import { CLIP, PERSON, SMILE, UP, Icon } from './icon.tsx';
import { keep, recall } from './kept.ts';
import { followEnd } from './log.tsx';
import { askForPerson, fitting, sayWords } from './speak.ts';
import { shadow } from './stage.ts';
import { change, state } from './state.ts';
import { typed } from './typing.ts';

/** The field grows with its words to this, then it scrolls. */
const TALLEST_PX = 132;

const field = (): HTMLTextAreaElement => shadow()!.querySelector<HTMLTextAreaElement>('.write textarea')!;
function grow(): void {
  const { style, scrollHeight } = ((field().style.height = '0'), field());
  style.height = `${Math.min(TALLEST_PX, Math.max(44, scrollHeight))}px`;
}
function onInput(): void {
  const text = field();
  const { value } = text;
  // Of what is too long for one message the beginning stays, and only that is kept or told.
  if (fitting(value) !== value) return void forms(({ cutField }) => cutField(text));
  grow();
  typed(value);
  keep({ draft: value });
  // The button of sending knows whether there is something to send.
  change({ draft: value });
}
const isReady = (): boolean => {
  const { uploads, draft } = state;
  return uploads.every(({ id }) => id) && (!!draft.trim() || !!uploads[0]);
};

function send(): void {
  const { uploads } = state;
  if (!isReady() || !sayWords(field().value, uploads)) return;
  field().value = '';
  change({ uploads: [] });
  followEnd();
  onInput();
}

/** Inserted where the cursor is; the chunk is fetched with the first look at it. */
function toggleEmoji(): void {
  if (state.popover === 'emoji') return change({ popover: '' });
  change({ popover: 'emoji' });
  emoji((chunk) => chunk.fillPicker(field()));
}

/** A list of its own: the browser's is emptied before the chunk is here. */
export const attachFiles = (list: readonly File[]): void => void files(({ attach }) => attach(list));

/** The panel's last row, so a phone's keyboard pushes it up and never covers it. */
export function Composer() {
  const { texts, look, conversation, uploads, notice, popover, queue } = state;
  const isAi = conversation?.status === 'ai';
  const hint = isAi ? texts.ask : queue ? texts.more : texts.write;
  return (
    <Fragment>
      {notice && (
        <p class="banner" role="alert">
          {notice}
        </p>
      )}
      {uploads[0] && draw(files(), ({ UploadList }) => <UploadList />)}
      {isAi && (
        <button class="person" type="button" onClick={askForPerson}>
          <Icon d={PERSON} />
          {texts.person}
        </button>
      )}
      {popover === 'emoji' && <div class="emoji" />}
      <form
        class="write"
        onSubmit={(event: Event) => {
          event.preventDefault();
          send();
        }}
      >
        {look!.attachments && (
          <label class="tool">
            <Icon d={CLIP} />
            {/* Any kind may be chosen: so phones offer the camera, and what cannot be sent is told by name. */}
            <input
              class="hidden"
              type="file"
              multiple
              aria-label={texts.attach}
              onChange={({ currentTarget }) => {
                attachFiles([...currentTarget.files!]);
                currentTarget.value = '';
              }}
            />
          </label>
        )}
        <textarea
          rows={1}
          dir="auto"
          maxLength={CHAT_LIMITS.textBytes}
          aria-label={texts.message}
          placeholder={hint}
          ref={fill}
          onInput={onInput}
          onPaste={(event: ClipboardEvent) => {
            const pasted = [...event.clipboardData!.files];
            // The browser itself takes no more than `maxLength`, and says nothing.
            if (event.clipboardData!.getData('text').length + field().textLength > CHAT_LIMITS.textBytes) change({ notice: texts.cut });
            if (!pasted[0] || !look!.attachments) return;
            event.preventDefault();
            attachFiles(pasted);
          }}
          onKeyDown={(event: KeyboardEvent) => {
            // Not while an input method is composing: its Enter chooses a word.
            if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
            event.preventDefault();
            send();
          }}
        />
        <button class="tool" type="button" aria-label={texts.emoji} aria-expanded={popover === 'emoji'} onClick={toggleEmoji}>
          <Icon d={SMILE} />
        </button>
        <button class="go" aria-label={texts.send} disabled={!isReady()}>
          <Icon d={UP} />
        </button>
      </form>
    </Fragment>
  );
}
/** The field has the focus whenever it comes, and what was begun on another page, or given by this one. */
function fill(element: HTMLTextAreaElement | null): void {
  if (!element) return;
  // A phone's keyboard comes up when it is asked for only.
  if (matchMedia('(pointer:fine)').matches) element.focus();
  element.value = fitting(state.draft || recall().draft || '');
  if (!element.value) return;
  change({ draft: element.value });
  grow();
}
