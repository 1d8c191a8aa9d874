import { chatStoreFuzz } from '../../ports/chat-store.fuzz.contract.ts';
import { freshStores } from './sqlite.testkit.ts';

chatStoreFuzz(
  'sqlite',
  async () => {
    const { chat, dispose } = await freshStores();
    return { store: chat, dispose };
  },
  60,
);
