import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SeenRequest } from '../history/request-log.ts';
import { aCid, type ChatNode, chatWorld, until } from './chat.testkit.ts';

let made: Awaited<ReturnType<typeof chatWorld>>;
let one: ChatNode;
let noted: SeenRequest[];
beforeEach(async () => {
  noted = [];
  made = await chatWorld();
  one = await made.start('node-1', {}, { noteRequest: (seen) => void noted.push(seen) });
});
afterEach(() => made.dispose());

it('[RQ8] what visitors and agents ask over their sockets is noted by the kind of frame, with what came of it', async () => {
  const visitor = await one.visitor();
  const { conversation } = await visitor.receipt(visitor.text('Hello'));
  visitor.say({ t: 'chat.end', cid: aCid(), conversation: 'c'.repeat(conversation.length) });
  const desk = one.desk();
  desk.say({ t: 'chat.resolve', cid: aCid(), conversation });
  await until(() => noted.length >= 3 && noted);
  expect(noted).toMatchObject([
    { source: 'widget', endpoint: 'chat.say', method: 'FRAME', status: 200, error: '', address: expect.stringMatching(/./) },
    { source: 'widget', endpoint: 'chat.end', status: 404, error: 'not_found' },
    {
      ...{ source: 'console', endpoint: 'chat.resolve', status: 200, error: '' },
      ...{ address: '203.0.113.9', userAgent: expect.stringContaining('Firefox') },
    },
  ]);
});

it('[RQ4] of who asked not to be tracked neither address nor browser is noted', async () => {
  const visitor = one.tab();
  await visitor.hello({ signal: true });
  await visitor.receipt(visitor.text('Hello'));
  await until(() => noted.length > 0 && noted);
  expect(noted).toMatchObject([{ endpoint: 'chat.say', address: '', userAgent: '' }]);
});
