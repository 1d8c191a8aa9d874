import { historyStoreContract } from '../../ports/history-store.contract.ts';
import { freshStores } from './sqlite.testkit.ts';

historyStoreContract('sqlite', async () => {
  const { history, dispose } = await freshStores();
  return { store: history, dispose };
});
