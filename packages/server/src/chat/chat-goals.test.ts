import { compileGoals, shippedGoals } from '@foyer/domain/rules';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { followGoals } from './chat-goals.ts';
import { aCid, type ChatNode, chatWorld, until, WORKSPACE } from './chat.testkit.ts';

const goals = compileGoals([...shippedGoals(), { id: 'demo', name: 'Demo', enabled: true, pages: [], form: 'Book a demo' }]);
if (!goals.ok) throw new Error('the goals of this test do not compile');
let made: Awaited<ReturnType<typeof chatWorld>>;
let one: ChatNode;
beforeEach(async () => {
  made = await chatWorld();
  one = await made.start();
  const { service } = one.chat;
  followGoals(service, {
    goalsOf: () => goals.value,
    visitOf: (of) => service.visitIdOf(of),
    reached: (goal) => one.node.live.goal(goal),
  });
});
afterEach(() => made.dispose());

const reached = async (): Promise<string> => (await one.node.listed())[0]?.goals ?? '';
/** An agent's form in a conversation that its visitor began, filled in. */
async function fillIn(text: string, filled: Record<string, string>): Promise<void> {
  const visitor = await one.visitor();
  const { conversation } = await visitor.receipt(visitor.text('Hello'));
  const by = { kind: 'agent', id: 'olga' } as const;
  const act = async (command: Parameters<typeof one.chat.service.request>[0]) => {
    const outcome = await one.chat.service.request(command);
    if (!outcome.ok) throw new Error(outcome.refusal.code);
    return outcome.receipt;
  };
  await act({ do: 'act', workspace: WORKSPACE, conversation, command: { c: 'accept', by, anyway: true } });
  const fields = (['text', 'email', 'phone'] as const).map((type) => ({ id: type, label: type, type, required: false, choices: [] }));
  const { seq } = await act({
    do: 'act',
    workspace: WORKSPACE,
    conversation,
    command: { c: 'say', by, cid: aCid(), words: { kind: 'form', text, fields } },
  });
  visitor.say({
    t: 'chat.submit',
    cid: aCid(),
    conversation,
    to: seq,
    values: Object.entries(filled).map(([id, value]) => ({ id, value })),
  });
  await until(() => one.chat.service.open.ofVisitor(WORKSPACE, visitor.tab.you!.visitor)!.seq > seq);
}

it('[GO5] a form with an address captures a lead, on the visit', async () => {
  await fillIn('How can we reach you?', { email: 'a@b.example' });
  expect(await reached()).toBe('lead-captured');
});

it('[GO5] a form that a goal names reaches it; without an address it is no lead', async () => {
  await fillIn('Book a demo with us', { text: 'Tuesday' });
  expect(await reached()).toBe('demo');
});

it('[GO10] an address given before the first message, or in the step that asks for it, captures a lead', async () => {
  const first = await one.visitor();
  await first.receipt(first.text('Hello', { contact: { email: 'a@b.example' } }));
  expect(await reached()).toBe('lead-captured');
});

it('[GO10] an address that the site had said is no news', async () => {
  const visitor = await one.visitor();
  visitor.tab.say({ t: 'identify', id: '7', email: 'A@b.example', name: 'Anna' });
  await visitor.receipt(visitor.text('Hello'));
  expect(await reached()).toBe('');
});
