import { historyStoreFuzz } from '../../ports/history-store.fuzz.contract.ts';
import { freshStores } from './sqlite.testkit.ts';

historyStoreFuzz(
  'sqlite',
  async () => {
    const { history, dispose } = await freshStores();
    return { store: history, dispose };
  },
  40,
);
