import { historyStoreContract } from '../../ports/history-store.contract.ts';
import { memoryHistory } from './memory-history.ts';

historyStoreContract('memory', async () => {
  const store = memoryHistory();
  return { store, dispose: () => store.close() };
});
