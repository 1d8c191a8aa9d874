import type { PollAnswer, VisitorChatUp, VisitorUp } from '@foyer/protocol';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { aChatHello, type ChatNode, chatWorld, eventually, WORKSPACE } from '../../chat/chat.testkit.ts';
import { aHello, aKnock } from '../edge.testkit.ts';

let made: Awaited<ReturnType<typeof chatWorld>>;
let one: ChatNode;
beforeEach(async () => {
  made = await chatWorld();
  one = await made.start();
});
afterEach(() => made.dispose());

const { siteKey, version: _, ...knock } = aKnock();
const post = (frames: (VisitorUp | VisitorChatUp)[], sid?: string): Promise<PollAnswer> =>
  one.node.polls.poll(JSON.stringify({ site: siteKey, v: 1, ...(sid === undefined ? {} : { sid }), frames }), knock);

it('[CV27] chat goes over the long poll as over the socket, and what comes meanwhile answers the poll that is held', async () => {
  const secret = 'secret-of-a-poll-0123';
  const { sid } = await post([aHello({ secret })]);
  const heard: { t: string }[] = [];
  const poll = async (...frames: (VisitorUp | VisitorChatUp)[]): Promise<boolean> => heard.push(...(await post(frames, sid)).frames) > 0;
  await poll(aChatHello({ secret }));
  await eventually(async () => heard.some(({ t }) => t === 'chat.you') || (await poll(), false));
  await poll({ t: 'chat.say', cid: 'poll-0001', body: { kind: 'text', text: 'Hello' } });
  await eventually(async () => heard.some(({ t }) => t === 'chat.receipt') || (await poll(), false));
  const state = one.chat.service.open.ofVisitor(
    WORKSPACE,
    one.node.tabs.size === 1 ? [...one.chat.service.open.all(WORKSPACE)][0]!.visitor : '',
  )!;
  const held = post([], sid);
  const act = { do: 'act', workspace: WORKSPACE, conversation: state.id } as const;
  await one.chat.service.request({ ...act, command: { c: 'accept', by: { kind: 'agent', id: 'anna' } } });
  expect((await held).frames).toMatchObject([{ t: 'chat.changes', conversation: { owner: { name: 'Anna' } } }]);
});
