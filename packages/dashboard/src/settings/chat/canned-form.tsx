import { CHAT_LIMITS, type CannedReply } from '@foyer/protocol';
import { type FormEvent, useId, useRef, useState } from 'react';
import { chatApi } from '../../api/chat-api.ts';
import { cannedRepliesQuery } from '../../api/chat-queries.ts';
import { queryClient } from '../../app/query-client.ts';
import { useMe } from '../../app/session.ts';
import { fillParts, unheardOf } from '../../inbox/composer/canned.ts';
import { insertText } from '../../inbox/composer/insert-text.ts';
import { VARIABLE_NAMES } from '../../inbox/composer/variables.ts';
import { t } from '../../messages/catalogue.ts';
import { listAnd } from '../../messages/format.ts';
import { FailureNote } from '../../ui/failure.tsx';
import { Rich } from '../../ui/rich.tsx';

/** As the server has it: folded, without spaces. */
const shortcutOf = (text: string): string => text.trim().replace(/^\//, '').toLowerCase();
const SHORTCUT = /^[\p{L}\p{N}_-]{1,40}$/u;

/** One canned reply, with a preview of what a conversation makes of it. A variable that nothing can ever fill is told here, not to a visitor. */
export function CannedForm({
  reply,
  others,
  onDone,
}: {
  readonly reply: CannedReply | null;
  readonly others: readonly CannedReply[];
  readonly onDone: () => void;
}) {
  const me = useMe();
  const id = useId();
  const words = t.chatSettings.canned;
  const field = useRef<HTMLTextAreaElement>(null);
  const [shortcut, setShortcut] = useState(reply?.shortcut ?? '');
  const [text, setText] = useState(reply?.text ?? '');
  const [shared, setShared] = useState(reply?.shared ?? false);
  const [isTold, setTold] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const wanted = shortcutOf(shortcut);
  // Two may have one shortcut as long as they are not in one list: mine comes before the team's.
  const isTaken = others.some((one) => one.id !== reply?.id && one.shared === shared && one.shortcut === wanted);
  const shortcutProblem = isTaken ? words.taken(wanted) : SHORTCUT.test(wanted) ? '' : words.shortcutProblem;
  const unheard = unheardOf(text, VARIABLE_NAMES);
  const textProblem =
    new TextEncoder().encode(text).length > CHAT_LIMITS.textBytes
      ? words.tooLong
      : unheard.length > 0
        ? words.unheard(listAnd(unheard.map((name) => `{${name}}`)))
        : '';
  const samples = {
    ...words.samples,
    'agent.name': me.user.name,
    'agent.first_name': me.user.name.split(/\s+/)[0] ?? '',
    'workspace.name': me.workspace.name,
    'site.name': me.sites[0]?.name ?? '',
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTold(true);
    if (shortcutProblem || textProblem || text.trim() === '') return;
    setBusy(true);
    try {
      const body = { shortcut: wanted, text: text.trimEnd(), shared };
      await (reply ? chatApi.saveCannedReply(reply.id, body) : chatApi.addCannedReply(body));
      await queryClient.invalidateQueries({ queryKey: cannedRepliesQuery.queryKey });
      onDone();
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  };
  const insert = (name: string): void => {
    if (!field.current) return;
    const { selectionStart: from, selectionEnd: to } = field.current;
    insertText(field.current, { from, to, text: `{${name}}` });
  };
  const showsShortcutProblem = shortcutProblem !== '' && (isTold || isTaken) && (shortcut !== '' || isTold);
  return (
    <form
      className="canned-form"
      data-testid="canned-form"
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => event.key === 'Escape' && onDone()}
    >
      <FailureNote failure={failure} />
      <label>
        <span className="label">{words.shortcut}</span>
        <span className="field">
          <span className="muted" aria-hidden="true">
            /
          </span>
          <input
            name="shortcut"
            value={shortcut}
            maxLength={41}
            autoFocus
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            placeholder={words.shortcutExample}
            aria-invalid={showsShortcutProblem || undefined}
            aria-describedby={showsShortcutProblem ? `${id}s` : undefined}
            onChange={(event) => setShortcut(event.target.value)}
          />
        </span>
      </label>
      {showsShortcutProblem && (
        <p className="field-problem" id={`${id}s`}>
          {shortcutProblem}
        </p>
      )}
      <label>
        <span className="label">{words.reply}</span>
        <textarea
          ref={field}
          className="field canned-field"
          name="text"
          rows={4}
          dir="auto"
          value={text}
          placeholder={words.replyExample}
          aria-invalid={textProblem !== '' || undefined}
          aria-describedby={`${id}v${textProblem ? ` ${id}t` : ''}`}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      {textProblem && (
        <p className="field-problem" id={`${id}t`} role="alert">
          {textProblem}
        </p>
      )}
      <div className="canned-variables" role="group" aria-label={words.variables}>
        {VARIABLE_NAMES.map((name) => (
          <button key={name} className="tag" type="button" title={`{${name}}`} onClick={() => insert(name)}>
            {words.names[name]}
          </button>
        ))}
      </div>
      <p className="hint" id={`${id}v`}>
        {words.variablesHint} <Rich text={words.dataHint} />
      </p>
      {text.trim() !== '' && (
        <div className="canned-sample" data-testid="canned-sample">
          <b>{words.preview}</b>
          <p dir="auto">
            {fillParts(text, samples).map((part, i) =>
              part.kind === 'text' ? (
                part.text
              ) : (
                <mark key={i} data-kind={part.kind}>
                  {part.text}
                </mark>
              ),
            )}
          </p>
        </div>
      )}
      <div className="canned-foot">
        <label className="builder-check">
          <input
            type="checkbox"
            name="shared"
            checked={shared}
            // Nobody makes private what is somebody else's.
            disabled={reply !== null && !reply.mine && reply.shared}
            onChange={(event) => setShared(event.target.checked)}
          />
          {words.share} <span className="hint">{words.shareHint}</span>
        </label>
        <span className="spacer" />
        <button className="button button-ghost" type="button" onClick={onDone}>
          {words.cancel}
        </button>
        <button className="button button-primary" type="submit" disabled={busy}>
          {words.save}
        </button>
      </div>
    </form>
  );
}
