import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { newChatSettings } from '../../chat/settings.ts';
import { chatInboxContract } from '../../ports/chat-inbox.contract.ts';
import { chatStoreContract } from '../../ports/chat-store.contract.ts';
import { freshStores } from './sqlite.testkit.ts';

const makeStore = async () => {
  const { chat, dispose } = await freshStores();
  return { store: chat, dispose };
};
chatStoreContract('sqlite', makeStore);
chatInboxContract('sqlite', makeStore);

it('[CS12] settings that lack a field, or hold nonsense, come back with the default of that field', async () => {
  const { chat, dataDir, dispose } = await freshStores();
  const db = new DatabaseSync(join(dataDir, 'core.db'));
  db.prepare('INSERT INTO chat_settings VALUES (?, ?)').run('w', JSON.stringify({ capacity: 0, hours: { days: [] }, typingPreview: true }));
  db.close();
  expect(await chat.settings('w')).toEqual({ ...newChatSettings(), typingPreview: true });
  await dispose();
});
