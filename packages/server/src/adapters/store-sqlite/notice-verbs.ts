import type { DatabaseSync } from 'node:sqlite';
import type { AlertPatch } from '@foyer/protocol';
import type { AlertRecord, PushRecord } from '../../ports/notice-store.ts';
import { mailVerbs } from './mail-verbs.ts';
import type { Row } from './team-rows.ts';

const text = (row: Row | undefined, name: string): string => String(row?.[name]);
const number = (row: Row | undefined, name: string): number => Number(row?.[name]);

/** Alerts, push devices and mail. */
export function noticeVerbs(db: DatabaseSync) {
  return { ...alertVerbs(db), ...pushVerbs(db), ...mailVerbs(db) };
}

function alertVerbs(db: DatabaseSync) {
  const alerts = db.prepare('SELECT * FROM alert WHERE member = ? AND workspace = ? ORDER BY created_at, id');
  const all = db.prepare('SELECT * FROM alert ORDER BY created_at, id');
  const count = db.prepare('SELECT count(*) AS n FROM alert WHERE member = ?');
  const one = db.prepare('SELECT * FROM alert WHERE id = ? AND member = ? AND workspace = ?');
  const add = db.prepare(`
    INSERT INTO alert (id, workspace, member, name, kind, filter, site, sound, notify, enabled, created_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const change = db.prepare('UPDATE alert SET name = ?, kind = ?, filter = ?, site = ?, sound = ?, notify = ?, enabled = ? WHERE id = ?');
  const remove = db.prepare('DELETE FROM alert WHERE id = ? AND member = ? AND workspace = ?');
  const bit = (value: boolean): number => (value ? 1 : 0);

  return {
    alerts: (q: { workspace: string; user: string }): AlertRecord[] => alerts.all(q.user, q.workspace).map(alertOf),
    allAlerts: (): AlertRecord[] => all.all().map(alertOf),
    addAlert({ alert: a, most }: { alert: AlertRecord; most: number }): true | 'too_many' {
      if (number(count.get(a.user), 'n') >= most) return 'too_many';
      add.run(
        ...[a.id, a.workspace, a.user, a.name, a.kind, a.filter, a.site],
        ...[bit(a.sound), bit(a.notify), bit(a.enabled), a.createdAt],
      );
      return true;
    },
    changeAlert(q: { workspace: string; user: string; id: string; patch: AlertPatch }): AlertRecord | null {
      const row = one.get(q.id, q.user, q.workspace);
      if (!row) return null;
      const said = Object.fromEntries(Object.entries(q.patch).filter(([, value]) => value !== undefined));
      const a: AlertRecord = { ...alertOf(row), ...said };
      change.run(a.name, a.kind, a.filter, a.site, bit(a.sound), bit(a.notify), bit(a.enabled), a.id);
      return a;
    },
    deleteAlert: (q: { workspace: string; user: string; id: string }): boolean =>
      Number(remove.run(q.id, q.user, q.workspace).changes) === 1,
  };
}

function pushVerbs(db: DatabaseSync) {
  const devices = db.prepare('SELECT * FROM push_device WHERE member = ? AND workspace = ? ORDER BY created_at, id');
  const put = db.prepare(`
    INSERT INTO push_device (id, workspace, member, endpoint, p256dh, auth, label, lang, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (endpoint) DO UPDATE SET workspace = excluded.workspace, member = excluded.member, p256dh = excluded.p256dh,
      auth = excluded.auth, label = excluded.label, lang = excluded.lang, created_at = excluded.created_at
    RETURNING *`);
  const dropOldest = db.prepare(`
    DELETE FROM push_device WHERE id IN (
      SELECT id FROM push_device WHERE member = ?1 AND id <> ?2 ORDER BY created_at DESC, id DESC LIMIT -1 OFFSET ?3)`);
  const remove = db.prepare('DELETE FROM push_device WHERE id = ? AND member = ? AND workspace = ?');
  const dropEndpoint = db.prepare('DELETE FROM push_device WHERE endpoint = ?');

  return {
    pushDevices: (q: { workspace: string; user: string }): PushRecord[] => devices.all(q.user, q.workspace).map(deviceOf),
    putPushDevice({ device: d, most }: { device: PushRecord; most: number }): PushRecord {
      const row = put.get(d.id, d.workspace, d.user, d.endpoint, d.p256dh, d.auth, d.label, d.lang, d.createdAt);
      if (!row) throw new Error('an upsert answered nothing');
      const kept = deviceOf(row);
      dropOldest.run(kept.user, kept.id, most - 1);
      return kept;
    },
    deletePushDevice: (q: { workspace: string; user: string; id: string }): boolean =>
      Number(remove.run(q.id, q.user, q.workspace).changes) === 1,
    dropPushEndpoint(endpoint: string): void {
      dropEndpoint.run(endpoint);
    },
  };
}

const alertOf = (row: Row): AlertRecord => ({
  id: text(row, 'id'),
  workspace: text(row, 'workspace'),
  user: text(row, 'member'),
  name: text(row, 'name'),
  kind: text(row, 'kind') as AlertRecord['kind'],
  filter: text(row, 'filter'),
  site: text(row, 'site'),
  sound: row['sound'] === 1,
  notify: row['notify'] === 1,
  enabled: row['enabled'] === 1,
  createdAt: number(row, 'created_at'),
});

const deviceOf = (row: Row): PushRecord => ({
  id: text(row, 'id'),
  workspace: text(row, 'workspace'),
  user: text(row, 'member'),
  endpoint: text(row, 'endpoint'),
  p256dh: text(row, 'p256dh'),
  auth: text(row, 'auth'),
  label: text(row, 'label'),
  lang: text(row, 'lang'),
  createdAt: number(row, 'created_at'),
});
