import { noticeStoreContract } from '../../ports/notice-store.contract.ts';
import { freshStores } from './sqlite.testkit.ts';

noticeStoreContract('sqlite', async () => {
  const { notices, chat, team, dispose } = await freshStores();
  return { store: { notices, chat, team }, dispose };
});
