import type { DatabaseSync } from 'node:sqlite';
import type { IdentitySecret } from '../../ports/team-store.ts';
import type { Row } from './team-rows.ts';

/** Forgotten in small pieces, with the next claims. */
const MOST_FORGOTTEN = 20;

/** Secrets with which sites prove who somebody is, and who a visitor was proved to be. */
export function identityVerbs(db: DatabaseSync) {
  const all = db.prepare('SELECT * FROM site_identity');
  const make = db.prepare("INSERT INTO site_identity SELECT id, ?2, ?3, '', 0 FROM site WHERE id = ?1 ON CONFLICT DO NOTHING");
  const read = db.prepare('SELECT * FROM site_identity WHERE site = ?');
  const rotate = db.prepare('UPDATE site_identity SET before = secret, before_until = ?4, secret = ?2, made_at = ?3 WHERE site = ?1');
  const claim = db.prepare(`
    INSERT INTO visitor_subject SELECT id, ?2, ?3, ?4 FROM workspace WHERE id = ?1
    ON CONFLICT DO UPDATE SET seen_at = excluded.seen_at WHERE subject = excluded.subject`);
  const forget = db.prepare(`
    DELETE FROM visitor_subject WHERE (workspace, visitor) IN
      (SELECT workspace, visitor FROM visitor_subject WHERE seen_at < ? ORDER BY seen_at LIMIT ${MOST_FORGOTTEN})`);

  const secretOf = (site: string): IdentitySecret | null => {
    const row: Row | undefined = read.get(site);
    return row ? identityOf(row) : null;
  };
  return {
    identitySecrets: (): IdentitySecret[] => all.all().map(identityOf),
    identitySecret(q: { site: string; make: string; now: number }): IdentitySecret | null {
      make.run(q.site, q.make, q.now);
      return secretOf(q.site);
    },
    rotateIdentitySecret(q: { site: string; make: string; now: number; beforeUntil: number }): IdentitySecret | null {
      if (Number(rotate.run(q.site, q.make, q.now, q.beforeUntil).changes) === 0) make.run(q.site, q.make, q.now);
      return secretOf(q.site);
    },
    claimVisitor(q: { workspace: string; visitor: string; subject: string; now: number; forgetBefore: number }): boolean {
      forget.run(q.forgetBefore);
      return Number(claim.run(q.workspace, q.visitor, q.subject, q.now).changes) === 1;
    },
  };
}

const identityOf = (r: Row): IdentitySecret => ({
  site: String(r['site']),
  secret: String(r['secret']),
  madeAt: Number(r['made_at']),
  before: String(r['before']),
  beforeUntil: Number(r['before_until']),
});
