import { LIMITS, type Note } from '@foyer/protocol';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { api } from '../api/foyer-api.ts';
import { notesQuery, queryClient } from '../app/query-client.ts';
import { useLive } from '../app/live.ts';
import { mayChangeSettings, useMe } from '../app/session.ts';
import { t } from '../messages/catalogue.ts';
import { day, isSameDay, timeOfDay } from '../messages/format.ts';
import { FailureNote, showFailure } from '../ui/failure.tsx';
import { Icon } from '../ui/icons.tsx';
import { showToast } from '../ui/toast.tsx';

/** What the team wrote about this visitor; `writing` opens the form. */
export function Notes({
  visitor,
  writing,
  onWriting,
}: {
  readonly visitor: string;
  readonly writing: boolean;
  readonly onWriting: (writing: boolean) => void;
}) {
  const notes = useQuery(notesQuery(visitor));
  return (
    <section className="section" aria-label={t.visit.notes.title} data-testid="notes">
      <h3 className="section-title">
        {t.visit.notes.title} {notes.data && notes.data.length > 0 && <span className="tally">{notes.data.length}</span>}
        <span className="spacer" />
        {!writing && (
          <button className="button button-ghost button-sm" type="button" onClick={() => onWriting(true)} data-testid="write-note">
            <Icon name="plus" size="sm" />
            {t.visit.notes.add}
          </button>
        )}
      </h3>
      {writing && <NoteForm visitor={visitor} onDone={() => onWriting(false)} />}
      {notes.isError ? (
        <FailureNote failure={notes.error} />
      ) : notes.data?.length === 0 && !writing ? (
        <p className="hint">{t.visit.notes.none}</p>
      ) : (
        <ul className="notes">
          {notes.data?.map((note) => (
            <NoteItem key={note.id} visitor={visitor} note={note} />
          ))}
        </ul>
      )}
    </section>
  );
}

const readAgain = (visitor: string): Promise<void> => queryClient.invalidateQueries({ queryKey: notesQuery(visitor).queryKey });

function NoteForm({ visitor, onDone }: { readonly visitor: string; readonly onDone: () => void }) {
  const [text, setText] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const add = useMutation({
    mutationFn: () => api.addNote(visitor, text.trim()),
    onSuccess: async () => {
      await readAgain(visitor);
      onDone();
    },
  });
  const tooLong = text.trim().length - LIMITS.noteChars;
  const mayAdd = text.trim() !== '' && tooLong <= 0 && !add.isPending;
  const submit = (event?: FormEvent): void => {
    event?.preventDefault();
    if (mayAdd) add.mutate();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
    else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      onDone();
    }
  };
  return (
    <form className="note-form" onSubmit={submit}>
      <textarea
        ref={field}
        className="field note-field"
        aria-label={t.visit.notes.label}
        placeholder={t.visit.notes.placeholder}
        rows={3}
        dir="auto"
        value={text}
        data-testid="note-text"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {tooLong > 0 && (
        <p className="field-problem" role="alert">
          {t.visit.notes.tooLong(tooLong)}
        </p>
      )}
      <FailureNote failure={add.error} />
      <div className="note-actions">
        <button className="button button-primary button-sm" type="submit" disabled={!mayAdd} data-testid="add-note">
          {t.visit.notes.add}
        </button>
        <button className="button button-ghost button-sm" type="button" onClick={onDone}>
          {t.visit.notes.cancel}
        </button>
      </div>
    </form>
  );
}

function NoteItem({ visitor, note }: { readonly visitor: string; readonly note: Note }) {
  const me = useMe();
  const { client } = useLive();
  const [asked, setAsked] = useState(false);
  const remove = useMutation({
    mutationFn: () => api.removeNote(visitor, note.id),
    onSuccess: async () => {
      await readAgain(visitor);
      if (!note.mine) return;
      showToast({
        text: t.visit.notes.removed,
        undo: () => void api.addNote(visitor, note.text).then(() => readAgain(visitor), showFailure),
      });
    },
  });
  const now = client.time.now() || note.createdAt;
  return (
    <li className="note" data-testid="note">
      <p className="note-text" dir="auto">
        {note.text}
      </p>
      <p className="note-by">
        <b>{note.mine ? t.visit.notes.you : note.by || t.visit.notes.byNobody}</b>
        <time className="num" dateTime={new Date(note.createdAt).toISOString()}>
          {isSameDay(note.createdAt, now) ? timeOfDay(note.createdAt) : day(note.createdAt, now)}
        </time>
        <span className="spacer" />
        {(note.mine || mayChangeSettings(me)) && (
          <button
            className={asked ? 'button button-ghost button-sm button-danger' : 'icon-button icon-button-sm'}
            type="button"
            aria-label={asked ? undefined : t.visit.notes.remove}
            title={t.visit.notes.remove}
            disabled={remove.isPending}
            data-testid="remove-note"
            // One's own can be brought back; a colleague's cannot, so that takes a second press.
            onClick={() => (note.mine || asked ? remove.mutate() : setAsked(true))}
            onBlur={() => setAsked(false)}
          >
            {asked ? t.visit.notes.reallyRemove : <Icon name="trash" size="sm" />}
          </button>
        )}
      </p>
      <FailureNote failure={remove.error} />
    </li>
  );
}
