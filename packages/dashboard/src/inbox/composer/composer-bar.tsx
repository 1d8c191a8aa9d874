import { type KeyboardEvent, useRef, useState } from 'react';
import { t } from '../../messages/catalogue.ts';
import { Icon } from '../../ui/icons.tsx';
import { late } from '../../ui/late.tsx';
import { InboxIcon, type InboxIconName } from '../inbox-icon.tsx';
import type { Mode } from './drafts.ts';
import { commandKey } from './keys.ts';
import { Builder } from './late-builder.ts';
import type { Sending } from './use-send.ts';

const EmojiPicker = late(() => import('./emoji-picker.tsx').then((module) => module.EmojiPicker));

/** Under the field: who will see it, what can be put in, and the button whose word says what it does. */
export function ComposerBar({
  mode,
  isEditing,
  mayReply,
  sending,
  sendsByEnter,
  isCannedOpen,
  onBuild,
  onMode,
  onSendsByEnter,
  onFiles,
  onEmoji,
  onTrigger,
  onCloseCanned,
}: {
  readonly mode: Mode;
  readonly isEditing: boolean;
  readonly mayReply: boolean;
  readonly sending: Sending;
  readonly sendsByEnter: boolean;
  readonly isCannedOpen: boolean;
  readonly onBuild: () => void;
  readonly onMode: (mode: Mode) => void;
  readonly onSendsByEnter: (sends: boolean) => void;
  readonly onFiles: (files: readonly File[]) => void;
  readonly onEmoji: (emoji: string) => void;
  readonly onTrigger: (letter: string) => void;
  readonly onCloseCanned: () => void;
}) {
  const [isPicking, setPicking] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  const isNote = mode === 'note';
  const word = isEditing ? t.composer.save : isNote ? t.composer.addNote : t.composer.send;
  return (
    <div className="composer-bar">
      {!isEditing && <ModeSwitch mode={mode} onMode={onMode} />}
      {isNote && <Tool icon="mention" word={t.composer.mention} hint="@" testId="mention-button" onPress={() => onTrigger('@')} />}
      {!isNote && !isEditing && (
        <>
          <Tool icon="attach" word={t.composer.attach} testId="attach" onPress={() => files.current?.click()} />
          <input
            ref={files}
            className="visually-hidden"
            type="file"
            multiple
            tabIndex={-1}
            aria-hidden="true"
            data-testid="file-input"
            onChange={(event) => {
              onFiles([...(event.target.files ?? [])]);
              event.target.value = '';
            }}
          />
        </>
      )}
      <span className="menu-root">
        <Tool
          icon="smile"
          word={t.composer.emoji}
          testId="emoji-button"
          expanded={isPicking}
          onPress={() => setPicking(!isPicking)}
          onWarm={() => void EmojiPicker.preload()}
        />
        {isPicking && <EmojiPicker onPick={onEmoji} onClose={() => setPicking(false)} />}
      </span>
      {!isNote && !isEditing && (
        <>
          <Tool
            icon="canned"
            word={t.composer.canned}
            hint="/"
            testId="canned-button"
            expanded={isCannedOpen}
            onPress={() => (isCannedOpen ? onCloseCanned() : onTrigger('/'))}
          />
          {mayReply && (
            <Tool icon="form" word={t.composer.extras} testId="builder-button" onPress={onBuild} onWarm={() => void Builder.preload()} />
          )}
        </>
      )}
      {isNote && !isEditing ? (
        <span className="composer-hint wide">{t.composer.onlyTeam}</span>
      ) : (
        <button
          className="composer-hint wide"
          type="button"
          title={sendsByEnter ? t.composer.enterSends : t.composer.enterBreaks}
          data-testid="enter-choice"
          data-sends={sendsByEnter}
          onClick={() => onSendsByEnter(!sendsByEnter)}
        >
          {sendsByEnter ? (
            <>
              <kbd>⇧ ↵</kbd> {t.composer.newLine}
            </>
          ) : (
            <>
              <kbd>{commandKey()} ↵</kbd> {t.composer.sends}
            </>
          )}
        </button>
      )}
      <button
        type="submit"
        className={`button send${isNote ? '' : ' button-primary'}`}
        aria-label={word}
        aria-disabled={!sending.maySend || sending.unknown.length > 0 || sending.waits}
        data-testid="send"
        // On a phone the keyboard stays: the field keeps the focus.
        onMouseDown={(event) => event.preventDefault()}
      >
        <span className="send-label">{word}</span>
        <Icon name={isEditing ? 'check' : 'send'} />
      </button>
    </div>
  );
}

function Tool({
  icon,
  word,
  hint = '',
  testId,
  expanded,
  onPress,
  onWarm,
}: {
  readonly icon: InboxIconName;
  readonly word: string;
  /** The key that does the same. */
  readonly hint?: string;
  readonly testId: string;
  readonly expanded?: boolean;
  readonly onPress: () => void;
  /** It is likely to be wanted in a moment. */
  readonly onWarm?: () => void;
}) {
  return (
    <button
      className="icon-button"
      type="button"
      aria-label={word}
      title={hint === '' ? word : `${word}  ${hint}`}
      aria-expanded={expanded}
      data-testid={testId}
      onPointerEnter={onWarm}
      onFocus={onWarm}
      onClick={onPress}
    >
      <InboxIcon name={icon} />
    </button>
  );
}

function ModeSwitch({ mode, onMode }: { readonly mode: Mode; readonly onMode: (mode: Mode) => void }) {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!event.key.startsWith('Arrow')) return;
    event.preventDefault();
    onMode(mode === 'note' ? 'reply' : 'note');
  };
  return (
    <div className="mode-switch" role="radiogroup" aria-label={t.composer.whoSees} onKeyDown={onKeyDown}>
      {(['reply', 'note'] as const).map((one) => (
        <button
          key={one}
          type="button"
          role="radio"
          aria-checked={mode === one}
          tabIndex={mode === one ? 0 : -1}
          data-testid={`mode-${one}`}
          onClick={() => onMode(one)}
        >
          {one === 'note' && <Icon name="lock" />}
          {one === 'note' ? t.composer.note : t.composer.reply}
        </button>
      ))}
    </div>
  );
}
