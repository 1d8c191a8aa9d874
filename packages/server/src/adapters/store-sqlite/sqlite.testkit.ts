import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { systemClock } from '../system-clock.ts';
import { type SqliteStores, openSqliteStores } from './open-sqlite-stores.ts';

export const quiet = pino({ level: 'silent' });

export const newDataDir = (): string => mkdtempSync(join(tmpdir(), 'foyer-store-'));
export const removeDataDir = (dir: string): void => rmSync(dir, { recursive: true, force: true });

export const openStores = (dataDir: string): Promise<SqliteStores> => openSqliteStores({ dataDir, clock: systemClock, log: quiet });

/** Both stores on a folder of their own. */
export async function freshStores(): Promise<SqliteStores & { dataDir: string; dispose(): Promise<void> }> {
  const dataDir = newDataDir();
  const stores = await openStores(dataDir);
  return {
    ...stores,
    dataDir,
    dispose: async () => {
      await stores.close();
      removeDataDir(dataDir);
    },
  };
}
