import { pino } from 'pino';
import { openSqliteStores } from '../../adapters/store-sqlite/index.ts';
import { systemClock } from '../../adapters/system-clock.ts';
import { worldLog } from '../world-log.testkit.ts';

/** Tells the store a world from a given batch on, and says which are acknowledged. Half way its workspace changes its zone. Its parent kills it. */
const [dataDir = '', visits = '', from = ''] = process.argv.slice(2);
const { batches } = worldLog({ seed: 3, visits: Number(visits), mostPages: 50 });
const stores = await openSqliteStores({ dataDir, clock: systemClock, log: pino({ level: 'silent' }) });
for (let i = Number(from); i < batches.length; i++) {
  if (i === Math.floor(batches.length / 2)) void stores.history.setZone({ workspace: 'world', timeZone: 'Pacific/Chatham' });
  await stores.history.saveVisits(batches[i]!);
  process.stdout.write(`${i}\n`);
}
process.exit(0);
