import './saved-filters.css';
import { parseFilter } from '@foyer/domain/rules';
import { LIMITS, type SavedFilter } from '@foyer/protocol';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { api } from '../api/foyer-api.ts';
import { queryClient, savedFiltersQuery } from '../app/query-client.ts';
import { mayChangeSettings, useMe } from '../app/session.ts';
import { t } from '../messages/catalogue.ts';
import { FailureNote, showFailure } from '../ui/failure.tsx';
import { Icon } from '../ui/icons.tsx';
import { showToast } from '../ui/toast.tsx';

const readAgain = (): Promise<void> => queryClient.invalidateQueries({ queryKey: savedFiltersQuery.queryKey });

/** Filters that were kept: one's own, and those of the team. */
export function SavedFilters({ filter, onApply }: { readonly filter: string; readonly onApply: (filter: string) => void }) {
  const me = useMe();
  const saved = useQuery(savedFiltersQuery);
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => root.current?.querySelector<HTMLElement>('input, button')?.focus(), []);
  const all = [...(saved.data ?? [])].sort((a, b) => a.name.localeCompare(b.name));
  const mine = all.filter((one) => one.mine);
  const shared = all.filter((one) => !one.mine);
  const group = (title: string, list: readonly SavedFilter[]) =>
    list.length > 0 && (
      <section aria-label={title}>
        <p className="menu-label" aria-hidden="true">
          {title}
        </p>
        <ul>
          {list.map((one) => (
            <Line key={one.id} saved={one} inUse={one.filter === filter} mayEdit={one.mine || mayChangeSettings(me)} onApply={onApply} />
          ))}
        </ul>
      </section>
    );
  return (
    <div className="saved-filters floating" role="dialog" aria-label={t.visit.saved.title} ref={root} data-testid="saved-filters">
      <SaveForm filter={filter} />
      {saved.isPending ? (
        <div className="saved-wait" aria-hidden="true">
          <span className="skeleton" />
          <span className="skeleton" />
        </div>
      ) : saved.isError ? (
        <div className="saved-none">
          <FailureNote failure={saved.error} />
        </div>
      ) : all.length === 0 ? (
        <p className="hint saved-none">{t.visit.saved.none}</p>
      ) : (
        <div className="saved-groups">
          {group(t.visit.saved.mine, mine)}
          {group(t.visit.saved.shared, shared)}
        </div>
      )}
    </div>
  );
}

function SaveForm({ filter }: { readonly filter: string }) {
  const [name, setName] = useState('');
  const [isShared, setShared] = useState(false);
  const save = useMutation({
    mutationFn: () => api.addFilter({ name: name.trim(), filter, shared: isShared }),
    onSuccess: async () => {
      setName('');
      setShared(false);
      await readAgain();
    },
  });
  if (filter.trim() === '' || !parseFilter(filter).ok) return <p className="hint saved-hint">{t.visit.saved.nothingToSave}</p>;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() !== '' && !save.isPending) save.mutate();
  };
  return (
    <form className="saved-form" onSubmit={submit}>
      <div className="saved-line">
        <input
          className="field"
          aria-label={t.visit.saved.saveAs}
          placeholder={t.visit.saved.placeholder}
          maxLength={LIMITS.filterNameChars}
          value={name}
          data-testid="save-filter-name"
          onChange={(event) => setName(event.target.value)}
        />
        <button className="button button-primary" type="submit" disabled={name.trim() === '' || save.isPending} data-testid="save-filter">
          {save.isPending ? t.visit.saved.saving : t.visit.saved.doSave}
        </button>
      </div>
      <ShareSwitch label={t.visit.saved.share} on={isShared} onChange={setShared} testId="share-filter" />
      <FailureNote failure={save.error} />
    </form>
  );
}

function ShareSwitch({
  label,
  on,
  onChange,
  testId,
}: {
  readonly label: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
  readonly testId?: string;
}) {
  return (
    <label className="saved-share">
      <button
        className="switch"
        type="button"
        role="switch"
        aria-checked={on}
        aria-label={label}
        data-testid={testId}
        onClick={() => onChange(!on)}
      />
      <span aria-hidden="true">{label}</span>
    </label>
  );
}

function Line({
  saved,
  inUse,
  mayEdit,
  onApply,
}: {
  readonly saved: SavedFilter;
  readonly inUse: boolean;
  readonly mayEdit: boolean;
  readonly onApply: (filter: string) => void;
}) {
  const [editing, setEditing] = useState(false);
  const pencil = useRef<HTMLButtonElement>(null);
  const wasEditing = useRef(false);
  useEffect(() => {
    if (wasEditing.current && !editing) pencil.current?.focus();
    wasEditing.current = editing;
  }, [editing]);
  const change = useMutation({
    mutationFn: (patch: { name?: string; shared?: boolean }) => api.saveFilter(saved.id, patch),
    onSuccess: readAgain,
  });
  const remove = useMutation({
    mutationFn: () => api.removeFilter(saved.id),
    onSuccess: async () => {
      const { name, filter, shared } = saved;
      showToast({
        text: t.visit.saved.removed(name),
        // Made again it is the undoer's own, so a colleague's is not offered back.
        ...(saved.mine ? { undo: () => void api.addFilter({ name, filter, shared }).then(readAgain, showFailure) } : {}),
      });
      await readAgain();
    },
  });
  if (editing) return <Rename saved={saved} onDone={() => setEditing(false)} onName={(name) => change.mutate({ name })} />;
  const { name, filter, shared, mine, by } = saved;
  return (
    <li className="saved-filter" data-testid="saved-filter">
      <button className="saved-apply" type="button" aria-pressed={inUse} onClick={() => onApply(filter)}>
        <bdi className="truncate">{name}</bdi>
        <span className="muted truncate saved-terms">
          <bdi>{filter}</bdi>
          {!mine && by !== '' && ` · ${t.visit.saved.sharedBy(by)}`}
        </span>
      </button>
      {mayEdit && (
        <span className="saved-tools">
          <button
            className="icon-button icon-button-sm"
            type="button"
            aria-pressed={shared}
            aria-label={t.visit.saved.shareIt(name)}
            title={shared ? t.visit.saved.isShared : t.visit.saved.shareIt(name)}
            data-testid="toggle-shared"
            onClick={() => change.mutate({ shared: !shared })}
          >
            <Icon name="users" size="sm" />
          </button>
          <button
            ref={pencil}
            className="icon-button icon-button-sm"
            type="button"
            aria-label={t.visit.saved.rename(name)}
            title={t.visit.saved.rename(name)}
            onClick={() => setEditing(true)}
          >
            <Icon name="pencil" size="sm" />
          </button>
          <button
            className="icon-button icon-button-sm"
            type="button"
            aria-label={t.visit.saved.remove(name)}
            title={t.visit.saved.remove(name)}
            disabled={remove.isPending}
            onClick={() => remove.mutate()}
          >
            <Icon name="trash" size="sm" />
          </button>
        </span>
      )}
      <FailureNote failure={change.error ?? remove.error} />
    </li>
  );
}

function Rename({
  saved,
  onName,
  onDone,
}: {
  readonly saved: SavedFilter;
  readonly onName: (name: string) => void;
  readonly onDone: () => void;
}) {
  const [name, setName] = useState(saved.name);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.select(), []);
  return (
    <li className="saved-filter">
      <form
        className="saved-line"
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '' && name.trim() !== saved.name) onName(name.trim());
          onDone();
        }}
      >
        <input
          ref={input}
          className="field"
          aria-label={t.visit.saved.rename(saved.name)}
          maxLength={LIMITS.filterNameChars}
          value={name}
          onChange={(event) => setName(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return;
            // The first press ends the renaming, the next one closes the list.
            event.preventDefault();
            onDone();
          }}
        />
        <button className="button" type="submit" disabled={name.trim() === ''}>
          {t.visit.saved.doSave}
        </button>
      </form>
    </li>
  );
}
