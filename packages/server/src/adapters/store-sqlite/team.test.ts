import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { teamStoreContract } from '../../ports/team-store.contract.ts';
import { newSettings } from '../../team/settings.ts';
import { freshStores } from './sqlite.testkit.ts';

teamStoreContract('sqlite', async () => {
  const { team, dispose } = await freshStores();
  return { store: team, dispose };
});

describe('team store on disk', () => {
  it('[ST7] settings that lack a field, or hold nonsense, come back with the default of that field', async () => {
    const { team, dataDir, dispose } = await freshStores();
    const db = new DatabaseSync(join(dataDir, 'core.db'));
    db.prepare('INSERT INTO workspace VALUES (?, ?, ?, 1, 1)').run(
      'w',
      'Shop',
      JSON.stringify({ tracking: true, ipMask: 'none', keepVisitsDays: 0, fromTheFuture: 1 }),
    );
    db.close();
    expect((await team.loadAll()).workspaces[0]?.settings).toEqual({ ...newSettings('UTC'), tracking: true });
    await dispose();
  });

  it('[ST10] an audit entry is on disk as it was given', async () => {
    const { team, dataDir, dispose } = await freshStores();
    await team.audit({ workspace: 'w', user: 'u', at: 7, action: 'role.set', detail: '{}' });
    const db = new DatabaseSync(join(dataDir, 'core.db'), { readOnly: true });
    expect(
      db
        .prepare('SELECT workspace, member, at, action, detail FROM audit')
        .all()
        .map((r) => ({ ...r })),
    ).toEqual([{ workspace: 'w', member: 'u', at: 7, action: 'role.set', detail: '{}' }]);
    db.close();
    await dispose();
  });
});
