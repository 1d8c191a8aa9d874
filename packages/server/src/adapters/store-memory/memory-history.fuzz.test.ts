import { historyStoreFuzz } from '../../ports/history-store.fuzz.contract.ts';
import { memoryHistory } from './memory-history.ts';

historyStoreFuzz(
  'memory',
  async () => {
    const store = memoryHistory();
    return { store, dispose: () => store.close() };
  },
  150,
);
