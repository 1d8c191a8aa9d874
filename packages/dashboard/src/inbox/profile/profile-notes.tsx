import { LIMITS, type Note } from '@foyer/protocol';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { api } from '../../api/foyer-api.ts';
import { useLive } from '../../app/live.ts';
import { notesQuery, queryClient } from '../../app/query-client.ts';
import { mayChangeSettings, useMe } from '../../app/session.ts';
import { t } from '../../messages/catalogue.ts';
import { isSameDay } from '../../messages/format.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { FailureNote, showFailure } from '../../ui/failure.tsx';
import { Icon } from '../../ui/icons.tsx';
import { showToast } from '../../ui/toast.tsx';
import { day, timeOfDay } from '../../words/time.ts';
import { firstName } from '../people.ts';

const readAgain = (visitor: string): Promise<void> => queryClient.invalidateQueries({ queryKey: notesQuery(visitor).queryKey });

/** Notes about the person: they stay with the visitor, over this conversation. The same as in the visitor's panel on the map. */
export function ProfileNotes({ visitor }: { readonly visitor: string }) {
  const [writing, setWriting] = useState(false);
  if (visitor === '') return null;
  return (
    <section className="profile-section" aria-labelledby="profile-notes" data-testid="profile-notes">
      <h3 id="profile-notes">
        {t.profile.notes}
        {!writing && (
          <button className="link-button" type="button" data-testid="write-profile-note" onClick={() => setWriting(true)}>
            <Icon name="plus" size="xs" />
            {t.profile.addNote}
          </button>
        )}
      </h3>
      {writing && <NoteForm visitor={visitor} onDone={() => setWriting(false)} />}
      <NoteList visitor={visitor} writing={writing} />
    </section>
  );
}

function NoteList({ visitor, writing }: { readonly visitor: string; readonly writing: boolean }) {
  const notes = useQuery(notesQuery(visitor));
  if (notes.isError) return <FailureNote failure={notes.error} />;
  if (notes.data?.length === 0) return writing ? null : <p className="quiet">{t.profile.noNotes}</p>;
  return notes.data?.map((note) => <NoteItem key={note.id} visitor={visitor} note={note} />);
}

function NoteForm({ visitor, onDone }: { readonly visitor: string; readonly onDone: () => void }) {
  const [text, setText] = useState('');
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
      event.stopPropagation();
      onDone();
    }
  };
  return (
    <form className="profile-note-form" onSubmit={submit}>
      <textarea
        className="field"
        aria-label={t.profile.noteLabel}
        placeholder={t.profile.notePlaceholder}
        rows={3}
        dir="auto"
        autoFocus
        value={text}
        data-testid="profile-note-text"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {tooLong > 0 && (
        <p className="field-problem" role="alert">
          {t.profile.noteTooLong(tooLong)}
        </p>
      )}
      <FailureNote failure={add.error} />
      <span className="profile-note-actions">
        <button className="button button-primary button-sm" type="submit" disabled={!mayAdd}>
          {t.profile.saveNote}
        </button>
        <button className="button button-ghost button-sm" type="button" onClick={onDone}>
          {t.profile.cancel}
        </button>
      </span>
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
        text: t.profile.noteRemoved,
        undo: () => void api.addNote(visitor, note.text).then(() => readAgain(visitor), showFailure),
      });
    },
    onError: showFailure,
  });
  const now = client.time.now() || note.createdAt;
  const by = note.by || t.profile.byNobody;
  return (
    <article className="profile-note" data-testid="profile-note">
      <p dir="auto">{note.text}</p>
      <footer>
        <Avatar name={by} size="xs" />
        <span>
          {note.mine ? t.profile.you : firstName(by)},{' '}
          <time className="num" dateTime={new Date(note.createdAt).toISOString()}>
            {isSameDay(note.createdAt, now) ? timeOfDay(note.createdAt).replace(/:\d\d$/, '') : day(note.createdAt, now)}
          </time>
        </span>
        <span className="spacer" />
        {(note.mine || mayChangeSettings(me)) && (
          <button
            className={asked ? 'button button-ghost button-sm button-danger' : 'icon-button icon-button-sm'}
            type="button"
            aria-label={asked ? undefined : t.profile.removeNote}
            title={t.profile.removeNote}
            disabled={remove.isPending}
            // One's own can be brought back; a colleague's cannot, so that takes a second press.
            onClick={() => (note.mine || asked ? remove.mutate() : setAsked(true))}
            onBlur={() => setAsked(false)}
          >
            {asked ? t.profile.reallyRemove : <Icon name="trash" size="sm" />}
          </button>
        )}
      </footer>
    </article>
  );
}
