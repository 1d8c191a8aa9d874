import { type Alert, ALERT_KINDS, type AlertBody, LIMITS } from '@foyer/protocol';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { chatApi } from '../../api/chat-api.ts';
import { savedFiltersQuery } from '../../app/query-client.ts';
import { useMe } from '../../app/session.ts';
import { t } from '../../messages/catalogue.ts';
import { FailureNote } from '../../ui/failure.tsx';
import { Select } from '../setting.tsx';

/** One alert. Whether the filter is one is the server's to say, in the words of the filter bar. */
export function AlertForm({
  alert,
  start,
  onDone,
}: {
  readonly alert: Alert | null;
  readonly start: AlertBody;
  readonly onDone: () => void;
}) {
  const id = useId();
  const me = useMe();
  const { data: saved = [] } = useQuery(savedFiltersQuery);
  const [body, setBody] = useState<AlertBody>(() => ({
    name: start.name,
    kind: me.workspace.trackingInPlan ? start.kind : 'chat',
    filter: start.filter,
    site: start.site,
    sound: start.sound,
    notify: start.notify,
    enabled: start.enabled,
  }));
  const [failure, setFailure] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const change = (patch: Partial<AlertBody>): void => setBody((before) => ({ ...before, ...patch }));
  const kinds = ALERT_KINDS.filter((kind) => kind === 'chat' || me.workspace.trackingInPlan);
  const chosen = saved.find(({ filter }) => filter === body.filter)?.id ?? '';
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    const said: AlertBody = { ...body, name: body.name.trim(), filter: body.kind === 'chat' ? '' : body.filter.trim() };
    try {
      await (alert ? chatApi.saveAlert(alert.id, said) : chatApi.addAlert(said));
      onDone();
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  };
  return (
    <form
      className="alert-form"
      data-testid="alert-form"
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => event.key === 'Escape' && onDone()}
    >
      <FailureNote failure={failure} />
      <label>
        <span className="label">{t.notify.name}</span>
        <input
          className="field"
          name="name"
          required
          autoFocus
          maxLength={60}
          autoComplete="off"
          placeholder={t.notify.nameExample}
          value={body.name}
          onChange={(event) => change({ name: event.target.value })}
        />
      </label>
      <fieldset className="alert-kinds">
        <legend className="label">{t.notify.kind}</legend>
        {kinds.map((kind) => (
          <label key={kind} className="alert-kind">
            <input type="radio" name="kind" value={kind} checked={body.kind === kind} onChange={() => change({ kind })} />
            <span>
              {t.notify.alertKinds[kind]}
              <small className="hint">{t.notify.alertKindHints[kind]}</small>
            </span>
          </label>
        ))}
      </fieldset>
      {body.kind !== 'chat' && (
        <>
          {saved.length > 0 && (
            <div>
              <span className="label" aria-hidden="true">
                {t.notify.savedFilter}
              </span>
              <Select
                label={t.notify.savedFilter}
                value={chosen}
                options={[{ value: '', word: t.notify.ownFilter }, ...saved.map((one) => ({ value: one.id, word: one.name }))]}
                onChange={(of) => {
                  const found = saved.find((one) => one.id === of);
                  if (found) change({ filter: found.filter, name: body.name || found.name.slice(0, 60) });
                }}
              />
            </div>
          )}
          <label>
            <span className="label">{t.notify.filter}</span>
            <input
              className="field"
              name="filter"
              required={body.kind === 'page'}
              maxLength={LIMITS.filterChars}
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              placeholder={t.notify.filterExample}
              aria-describedby={`${id}f`}
              value={body.filter}
              onChange={(event) => change({ filter: event.target.value })}
            />
          </label>
          <p className="hint" id={`${id}f`}>
            {t.notify.filterHint}
          </p>
        </>
      )}
      {me.sites.length > 1 && (
        <div>
          <span className="label" aria-hidden="true">
            {t.notify.site}
          </span>
          <Select
            label={t.notify.site}
            value={body.site}
            options={[{ value: '', word: t.notify.allSites }, ...me.sites.map((site) => ({ value: site.id, word: site.name }))]}
            onChange={(site) => change({ site })}
          />
        </div>
      )}
      <div className="alert-foot">
        <label className="alert-check">
          <input type="checkbox" name="sound" checked={body.sound} onChange={(event) => change({ sound: event.target.checked })} />
          {t.notify.withSound}
        </label>
        <label className="alert-check">
          <input type="checkbox" name="notify" checked={body.notify} onChange={(event) => change({ notify: event.target.checked })} />
          {t.notify.withNotification}
        </label>
        <span className="spacer" />
        <button className="button button-ghost" type="button" onClick={onDone}>
          {t.notify.cancel}
        </button>
        <button className="button button-primary" type="submit" disabled={busy || body.name.trim() === ''}>
          {t.notify.save}
        </button>
      </div>
    </form>
  );
}
