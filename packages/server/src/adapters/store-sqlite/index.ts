export { DataDirInUse, lockDataDir } from './data-dir.ts';
export { openSqliteStores } from './open-sqlite-stores.ts';
