import './alerts.css';
import { type Alert, type AlertBody, MOST_ALERTS } from '@foyer/protocol';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { chatApi } from '../../api/chat-api.ts';
import { alertsQuery } from '../../api/chat-queries.ts';
import { queryClient } from '../../app/query-client.ts';
import { useMe } from '../../app/session.ts';
import { t } from '../../messages/catalogue.ts';
import { FailureNote, showFailure } from '../../ui/failure.tsx';
import { Icon } from '../../ui/icons.tsx';
import { showToast } from '../../ui/toast.tsx';
import { SettingsHead } from '../settings-head.tsx';
import { AlertForm } from './alert-form.tsx';
import { BrowserSettings } from './browser-settings.tsx';
import { Devices } from './devices.tsx';

const readAgain = (): Promise<void> => queryClient.invalidateQueries({ queryKey: alertsQuery.queryKey });

/** An agent's own: how this browser tells, which browsers are told when Foyer is closed, and what to be told of. */
export function AlertsSettings() {
  return (
    <div className="settings-page">
      <SettingsHead title={t.notify.title} text={t.notify.text} />
      <BrowserSettings />
      <Devices />
      <AlertList />
    </div>
  );
}

const EXAMPLES: readonly Pick<AlertBody, 'kind' | 'filter'>[] = [
  { kind: 'page', filter: 'context:checkout' },
  { kind: 'visitor', filter: 'is:returning' },
];

function AlertList() {
  const me = useMe();
  const { data: alerts, error } = useQuery(alertsQuery);
  /** Id of the one that is changed, or what a new one begins with; null: none. */
  const [editing, setEditing] = useState<string | AlertBody | null>(null);
  const isFull = (alerts?.length ?? 0) >= MOST_ALERTS;
  const begin = (over: Partial<AlertBody> = {}): void => setEditing({ ...NEW, ...over });
  const examples = [t.notify.examples.checkout, t.notify.examples.returning];

  const change = async (alert: Alert, enabled: boolean): Promise<void> => {
    queryClient.setQueryData(alertsQuery.queryKey, (all) => all?.map((one) => (one.id === alert.id ? { ...one, enabled } : one)));
    await chatApi.saveAlert(alert.id, { enabled }).catch(showFailure);
    await readAgain();
  };
  const remove = async (alert: Alert): Promise<void> => {
    const { id: _, createdAt: __, ...body } = alert;
    const back = (): void => void chatApi.addAlert(body).then(readAgain, showFailure);
    await chatApi.removeAlert(alert.id).then(() => showToast({ text: t.notify.removed(alert.name), undo: back }), showFailure);
    await readAgain();
  };
  const done = (): void => {
    setEditing(null);
    void readAgain();
  };
  return (
    <section className="setting-group" aria-busy={alerts === undefined && !error}>
      <div className="group-head">
        <h2>{t.notify.alerts}</h2>
        <span className="hint">{t.notify.alertsHint}</span>
        <button className="button button-sm" type="button" data-testid="add-alert" disabled={isFull} onClick={() => begin()}>
          <Icon name="plus" size="sm" />
          {t.notify.add}
        </button>
      </div>
      {error && <FailureNote failure={error} />}
      {isFull && <p className="hint">{t.notify.full(MOST_ALERTS)}</p>}
      {!me.settings.tracking && me.workspace.trackingInPlan && alerts && alerts.length > 0 && <p className="hint">{t.notify.noTracking}</p>}
      {editing !== null && typeof editing !== 'string' && (
        <div className="card">
          <AlertForm alert={null} start={editing} onDone={done} />
        </div>
      )}
      {alerts && alerts.length > 0 && (
        <ul className="card alert-list" data-testid="alerts">
          {alerts.map((alert) => (
            <li key={alert.id} data-testid="alert">
              {editing === alert.id ? (
                <AlertForm alert={alert} start={alert} onDone={done} />
              ) : (
                <Line
                  alert={alert}
                  site={me.sites.find(({ id }) => id === alert.site)?.name ?? ''}
                  onEnable={(enabled) => void change(alert, enabled)}
                  onEdit={() => setEditing(alert.id)}
                  onRemove={() => void remove(alert)}
                />
              )}
            </li>
          ))}
        </ul>
      )}
      {alerts?.length === 0 && editing === null && (
        <div className="card alert-none">
          <p className="name">{t.notify.none}</p>
          <p className="hint">{t.notify.noneText}</p>
          <div className="alert-examples">
            {me.workspace.trackingInPlan &&
              EXAMPLES.map((example, i) => (
                <button
                  key={example.filter}
                  className="button button-sm"
                  type="button"
                  onClick={() => begin({ ...example, name: examples[i] ?? '' })}
                >
                  {examples[i]}
                </button>
              ))}
            <button className="button button-sm" type="button" onClick={() => begin({ kind: 'chat', name: t.notify.examples.chat })}>
              {t.notify.examples.chat}
            </button>
          </div>
        </div>
      )}
    </section>
  );
}

const NEW: AlertBody = { name: '', kind: 'page', filter: '', site: '', sound: true, notify: true, enabled: true };

function Line({
  alert,
  site,
  onEnable,
  onEdit,
  onRemove,
}: {
  readonly alert: Alert;
  readonly site: string;
  readonly onEnable: (enabled: boolean) => void;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}) {
  const { name, kind, filter, enabled } = alert;
  const what = [t.notify.alertKinds[kind], site].filter((part) => part !== '').join(' · ');
  return (
    <div className="setting alert-line">
      <button
        className="switch"
        type="button"
        role="switch"
        aria-checked={enabled}
        aria-label={t.notify.enabledOf(name)}
        onClick={() => onEnable(!enabled)}
      />
      <div>
        <p className="name truncate">
          <bdi>{name}</bdi>
        </p>
        <p className="hint">
          {what}
          {kind !== 'chat' && (
            <>
              {' · '}
              {filter === '' ? t.notify.everybody : <code>{filter}</code>}
            </>
          )}
        </p>
      </div>
      <button className="icon-button" type="button" aria-label={t.notify.edit(name)} onClick={onEdit}>
        <Icon name="pencil" />
      </button>
      {/* It can be brought back from the toast, so one press is enough. */}
      <button className="icon-button" type="button" aria-label={t.notify.remove(name)} onClick={onRemove}>
        <Icon name="trash" />
      </button>
    </div>
  );
}
