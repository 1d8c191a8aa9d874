import { expect, it } from 'vitest';
import { chatWorld, WORKSPACE } from './chat.testkit.ts';

it.each([
  ['our own page', { isOwnPage: true }, { playground: true }, 'playground'],
  ['a site’s page that says so', {}, { playground: true }, 'widget'],
  ['our own page that does not say so', { isOwnPage: true }, {}, 'widget'],
] as const)('[PG4][PG8] the source of what begins on %s', async (_, shake, hello, source) => {
  const made = await chatWorld();
  try {
    const one = await made.start();
    const tab = one.tab(shake);
    await tab.hello(hello);
    const { conversation } = await tab.receipt(tab.text('Hello'));
    expect(await made.store.conversation({ workspace: WORKSPACE, id: conversation })).toMatchObject({ state: { source } });
  } finally {
    await made.dispose();
  }
});
