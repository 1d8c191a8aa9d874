export { DataDirInUse, lockDataDir } from './data-dir.ts';
export { type SqliteStores, openSqliteStores } from './open-sqlite-stores.ts';
