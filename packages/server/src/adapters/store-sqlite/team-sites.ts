import type { DatabaseSync } from 'node:sqlite';
import type { BlockRecord, SiteRecord } from '../../ports/team-store.ts';
import { type WorkspaceRow, blockOf, siteOf, workspaceOf } from './team-rows.ts';

/** Workspaces, sites, blocks, secrets of the installation, and the audit log. */
export function siteVerbs(db: DatabaseSync) {
  const workspaces = db.prepare('SELECT * FROM workspace ORDER BY created_at, id');
  const sites = db.prepare('SELECT * FROM site ORDER BY created_at, id');
  const blocks = db.prepare('SELECT * FROM block ORDER BY created_at, id');
  const makeSecret = db.prepare('INSERT INTO secret VALUES (?, ?) ON CONFLICT DO NOTHING');
  const secret = db.prepare('SELECT value FROM secret WHERE name = ?');
  const putSite = db.prepare(`
    INSERT INTO site (id, workspace, key, name, domain, origins, params, hash_routing, count_automated, created_at, seen_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET key = excluded.key, name = excluded.name, domain = excluded.domain, origins = excluded.origins,
      params = excluded.params, hash_routing = excluded.hash_routing, count_automated = excluded.count_automated,
      seen_at = coalesce(seen_at, excluded.seen_at)
    WHERE workspace = excluded.workspace`);
  const deleteSite = db.prepare('DELETE FROM site WHERE workspace = ? AND id = ?');
  const seen = db.prepare('UPDATE site SET seen_at = ? WHERE id = ? AND seen_at IS NULL');
  const putWorkspace = db.prepare('UPDATE workspace SET name = ?, settings = ? WHERE id = ?');
  const putBlock = db.prepare(`
    INSERT INTO block (id, workspace, kind, address_hash, what, label, ends_at, note, created_at, created_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, address_hash = excluded.address_hash, what = excluded.what, label = excluded.label,
      ends_at = excluded.ends_at, note = excluded.note WHERE workspace = excluded.workspace`);
  const dropEnded = db.prepare('DELETE FROM block WHERE ends_at <= ?');
  const looks = db.prepare('SELECT site, look FROM site_look');
  const putLook = db.prepare(`
    INSERT INTO site_look SELECT id, ?3 FROM site WHERE id = ?2 AND workspace = ?1 ON CONFLICT DO UPDATE SET look = excluded.look`);
  const rules = db.prepare('SELECT site, what, rules FROM site_rules');
  const putRules = db.prepare(`
    INSERT INTO site_rules SELECT id, ?3, ?4 FROM site WHERE id = ?2 AND workspace = ?1 ON CONFLICT DO UPDATE SET rules = excluded.rules`);
  const deleteBlock = db.prepare('DELETE FROM block WHERE workspace = ? AND id = ?');
  const audit = db.prepare('INSERT INTO audit (workspace, member, at, action, detail) VALUES (?, ?, ?, ?, ?)');

  return {
    /** Looks and rules as text: they are checked by the reader, on the main thread. */
    loadAll: (): {
      workspaces: WorkspaceRow[];
      sites: SiteRecord[];
      blocks: BlockRecord[];
      looks: [string, string][];
      rules: [site: string, what: string, rules: string][];
    } => ({
      workspaces: workspaces.all().map(workspaceOf),
      sites: sites.all().map(siteOf),
      blocks: blocks.all().map(blockOf),
      looks: looks.all().map((row) => [String(row['site']), String(row['look'])]),
      rules: rules.all().map((row) => [String(row['site']), String(row['what']), String(row['rules'])]),
    }),
    secret({ name, make }: { name: string; make: string }): string {
      makeSecret.run(name, make);
      return String(secret.get(name)?.['value']);
    },
    putSite(s: SiteRecord): void {
      const { changes } = putSite.run(
        s.id,
        s.workspace,
        s.key,
        s.name,
        s.domain,
        JSON.stringify(s.origins),
        JSON.stringify(s.params),
        s.hashRouting ? 1 : 0,
        s.countAutomated ? 1 : 0,
        s.createdAt,
        s.seenAt,
      );
      if (Number(changes) === 0) throw new Error(`site ${s.id} belongs to another workspace`);
    },
    deleteSite(q: { workspace: string; id: string }): void {
      deleteSite.run(q.workspace, q.id);
    },
    siteSeen: (q: { site: string; at: number }): boolean => Number(seen.run(q.at, q.site).changes) === 1,
    putWorkspace(q: { id: string; name: string; settings: string }): void {
      if (Number(putWorkspace.run(q.name, q.settings, q.id).changes) === 0) throw new Error(`no workspace ${q.id}`);
    },
    putBlock(b: BlockRecord): void {
      putBlock.run(b.id, b.workspace, b.kind, b.addressHash, b.what, b.label, b.until, b.note, b.createdAt, b.createdBy);
    },
    deleteBlock(q: { workspace: string; id: string }): void {
      deleteBlock.run(q.workspace, q.id);
    },
    dropEndedBlocks: (now: number): number => Number(dropEnded.run(now).changes),
    putLook(q: { workspace: string; site: string; look: string }): void {
      putLook.run(q.workspace, q.site, q.look);
    },
    putSiteRules(q: { workspace: string; site: string; what: 'contexts' | 'goals'; rules: string }): void {
      putRules.run(q.workspace, q.site, q.what, q.rules);
    },
    audit(entry: { workspace: string; user: string; at: number; action: string; detail: string }): void {
      audit.run(entry.workspace, entry.user, entry.at, entry.action, entry.detail);
    },
  };
}
