import { describe, expect, it } from 'vitest';
import { useWidgets } from './widget.testkit.ts';

const kit = useWidgets();
const { foyer } = kit;
const isStored = (count: number) => foyer.until(() => kit.stored().length === count);
async function talking(look = {}) {
  kit.site(look);
  const widget = await kit.widget();
  await widget.talk();
  await widget.write('Hello');
  await isStored(1);
  return widget;
}

describe('before the first words', () => {
  it('[WG8] what the site asks is asked first, what is missing or wrong is said at its field, and it travels with the words', async () => {
    kit.site({ askName: 'required', askEmail: 'optional', askTeam: true, teams: [{ id: 'team-a', name: 'Orders' }, { id: 'team-b', name: 'Advice' }] }); // prettier-ignore
    const { launcher, panel, log } = await kit.widget({ head: '' });
    await launcher.click();
    await panel.locator('.end .act').click();
    await panel.getByLabel('E-mail').fill('freja@example');
    await panel.getByRole('button', { name: 'Start the conversation' }).click();
    await panel.getByText('Please fill this in.').first().waitFor();
    expect(await panel.getByText('Please fill this in.').count()).toBe(2);
    await panel.getByText('This does not look like an e-mail address.').waitFor();
    expect(
      await panel.getByLabel('Name', { exact: true }).evaluate((field) => (field.getRootNode() as ShadowRoot).activeElement === field),
    ).toBe(true);
    await panel.getByLabel('Name', { exact: true }).fill('Freja');
    await panel.getByLabel('E-mail').fill('freja@example.com');
    await panel.getByText('Advice').click();
    await panel.getByLabel('Message', { exact: true }).fill('Is it back in S?');
    await panel.getByRole('button', { name: 'Start the conversation' }).click();
    await log.getByText('Is it back in S?').waitFor();
    const said = await foyer.nthChat('chat.say', 0);
    expect([said.contact, said.team]).toEqual([{ name: 'Freja', email: 'freja@example.com' }, 'team-b']);
  });

  it('[WG8] a quick question waits in the form; what the page knows of the person stands there already', async () => {
    kit.site({ askName: 'optional', questions: ['Where is my order?'] });
    const widget = await kit.widget();
    await widget.page.evaluate(`foyer('identify',{name:'Freja Lind'})`);
    await widget.launcher.click();
    await widget.panel.getByText('Where is my order?').click();
    expect(await widget.panel.getByLabel(/^Name/).inputValue()).toBe('Freja Lind');
    expect(await widget.panel.getByLabel('Message', { exact: true }).inputValue()).toBe('Where is my order?');
    expect(kit.stored()).toEqual([]);
  });

  it('[WG8] out of hours a message is left, with the address for the answer, and when the team is back is said', async () => {
    kit.site();
    foyer.chat.team = { state: 'closed', backAt: Date.now() + 30 * 3_600_000 };
    const { launcher, panel, log } = await kit.widget();
    await launcher.click();
    await panel.getByText(/We are back \w+/).waitFor();
    await panel.locator('.end .act').click();
    await panel.getByText('Leave a message, we answer by mail.').waitFor();
    await panel.getByLabel('Message', { exact: true }).fill('Call me back');
    await panel.getByRole('button', { name: 'Send' }).click();
    await panel.getByText('Please fill this in.').waitFor();
    await panel.getByLabel('E-mail').fill('a@example.com');
    await panel.getByRole('button', { name: 'Send' }).click();
    await log.getByText('Call me back').waitFor();
    expect((await foyer.nthChat('chat.say', 0)).contact).toEqual({ email: 'a@example.com' });
  });
});

describe('in messages', () => {
  it('[WG12] a button is answered once, at once on the screen, and the answer stands in the transcript', async () => {
    const { log } = await talking();
    foyer.chat.says({ kind: 'buttons', text: 'Which delivery?', buttons: [{ id: 'a', label: 'Normal' }, { id: 'b', label: 'Express' }] }); // prettier-ignore
    foyer.chat.swallow = 1;
    await log.getByRole('button', { name: 'Express' }).click();
    expect(await log.getByRole('button', { name: 'Normal' }).isDisabled()).toBe(true);
    foyer.cutAll();
    await log.locator('.me').getByText('Express').waitFor();
    await foyer.until(() => foyer.chat.messages.some(({ body }) => body.kind === 'choice'));
    await log.locator('.btns .on').waitFor();
    expect(foyer.chat.messages.filter(({ body }) => body.kind === 'choice')).toHaveLength(1);
  });

  it('[WG12] a form with every kind of field is filled in, checked and submitted once', async () => {
    const { log } = await talking();
    const field = (id: string, type: string, required = false, choices: string[] = []) => ({
      id,
      label: `The ${id}`,
      type: type as 'text',
      required,
      choices,
    });
    foyer.chat.says({
      kind: 'form',
      text: 'Your order, please',
      fields: [field('order', 'text', true), field('mail', 'email'), field('when', 'date'), field('count', 'number'), field('size', 'choice', true, ['S', 'M']), field('country', 'choice', false, ['Austria', 'Belgium', 'Denmark', 'Estonia', 'Finland']), field('agree', 'check'), field('story', 'long')], // prettier-ignore
    });
    await log.getByRole('button', { name: 'Send' }).click();
    expect(await log.getByText('Please fill this in.').count()).toBe(2);
    await log.getByLabel('The order').fill('A-1042');
    await log.locator('.pick').getByText('M', { exact: true }).click();
    await log.getByLabel('The country').selectOption('Denmark');
    await log.getByLabel('The agree').check();
    await log.getByLabel('The when').fill('2026-12-01');
    await log.getByRole('button', { name: 'Send' }).click();
    await log.locator('.me').getByText('A-1042').waitFor();
    const { values } = await foyer.nthChat('chat.submit', 0);
    expect(Object.fromEntries(values.map(({ id, value }) => [id, value]))).toEqual({ order: 'A-1042', size: 'M', country: 'Denmark', agree: '✓', when: '2026-12-01' }); // prettier-ignore
    await foyer.until(() => foyer.chat.messages.some(({ answeredBy }) => answeredBy > 0));
    await log.getByRole('button', { name: 'Send' }).waitFor({ state: 'detached' });
  });
});

describe('beside the conversation', () => {
  it('[WG17] the queue says place and time, and that it does not know the time', async () => {
    const { panel } = await talking();
    foyer.chat.tell({ t: 'chat.queue', conversation: foyer.chat.id, position: 2, waitMs: 110_000 });
    await panel.getByText('You are number 2 in line').waitFor();
    await panel.getByText('About 2 minutes.').waitFor();
    foyer.chat.tell({ t: 'chat.queue', conversation: foyer.chat.id, position: 1, waitMs: 0 });
    await panel.getByText('You are next').waitFor();
    await panel.getByText('We cannot say how long.').waitFor();
    foyer.chat.says('Here I am');
    await panel.getByText('You are next').waitFor({ state: 'detached' });
  });

  it('[WG18] the address for answers is asked after the first words, and skipped it stays skipped', async () => {
    const widget = await talking({ captureEmail: true, mail: true });
    foyer.chat.tell({ t: 'chat.queue', conversation: foyer.chat.id, position: 1, waitMs: 0 });
    await widget.panel.getByText('You are next').waitFor();
    // The queue offers the same question: once is enough, and again when it was skipped.
    const byMail = widget.panel.getByRole('button', { name: 'Answer me by mail' });
    expect(await byMail.count()).toBe(0);
    await widget.panel.getByRole('button', { name: 'Not now' }).click();
    await widget.panel.getByText('Where shall we answer if you leave?').waitFor({ state: 'detached' });
    expect(await byMail.count()).toBe(1);
    const next = await kit.widget({ path: '/next' }, widget.page);
    await next.log.getByText('Hello', { exact: true }).waitFor();
    expect(await next.panel.getByText('Where shall we answer if you leave?').count()).toBe(0);
  });

  it('[WG18] the address is told, and not asked for again', async () => {
    const { panel, log } = await talking({ captureEmail: true });
    await panel.getByLabel('E-mail').fill('eva@example.com');
    await panel.getByRole('button', { name: 'Save' }).click();
    expect((await foyer.nthChat('chat.introduce', 0)).email).toBe('eva@example.com');
    await log.getByText('Where shall we answer if you leave?').waitFor({ state: 'detached' });
  });

  it('[WG18] when it is over: stars with a comment, the transcript by mail, and it can go on', async () => {
    const { panel, log, write } = await talking();
    foyer.chat.says('Done');
    foyer.chat.agent('resolve');
    await log.getByText('Marta closed the conversation').waitFor();
    await log.getByRole('button', { name: '4 of 5' }).click();
    await log.getByLabel('Anything to add?').fill('Quick!');
    await log.getByRole('button', { name: 'Send' }).click();
    await log.getByText('You gave 4 of 5 · Quick!').waitFor();
    expect(await foyer.nthChat('chat.rate', 0)).toMatchObject({ stars: 4, comment: 'Quick!' });
    await panel.getByRole('button', { name: 'Menu' }).click();
    await panel.getByRole('button', { name: 'Mail me the transcript' }).click();
    await log.getByLabel('E-mail').fill('eva@example.com');
    await log.getByRole('button', { name: 'Send' }).click();
    await panel.getByText('The transcript goes to eva@example.com.').waitFor();
    expect((await foyer.nthChat('chat.mail', 0)).email).toBe('eva@example.com');
    await write('One more question');
    await log.getByText('The conversation goes on').waitFor();
  });

  it('[WG18] a transcript that cannot be mailed right now is told so', async () => {
    const { panel, log } = await talking();
    foyer.chat.mails = false;
    await panel.getByRole('button', { name: 'Menu' }).click();
    await panel.getByRole('button', { name: 'Mail me the transcript' }).click();
    await log.getByLabel('E-mail').fill('eva@example.com');
    await log.getByRole('button', { name: 'Send' }).click();
    await panel.getByText('No more transcripts can be sent right now.').waitFor();
    expect(await panel.getByText('The transcript goes to').count()).toBe(0);
  });

  it('[WG18] the visitor ends it', async () => {
    const { panel, log } = await talking();
    await panel.getByRole('button', { name: 'Menu' }).click();
    await panel.getByRole('button', { name: 'End the conversation' }).click();
    await foyer.nthChat('chat.end', 0);
    await log.getByText('How was it?').waitFor();
  });
});

describe('an agent says hello first', () => {
  const invited = async (body = '') => {
    kit.site();
    const widget = await kit.widget({ body });
    foyer.chat.invites('May I help with the sofas?');
    foyer.push({ t: 'chat.wake' } as never);
    return { ...widget, card: widget.page.locator('foyer-widget .card') };
  };

  it('[WG22] face, name and words; answered it is a conversation', async () => {
    const { card, field, write, log } = await invited();
    await card.getByText('May I help with the sofas?').waitFor();
    await card.getByText('Marta').waitFor();
    expect((await foyer.nthChat('chat.invitation', 0)).act).toBe('seen');
    await card.getByRole('button', { name: 'Answer' }).click();
    await field.waitFor();
    await write('Yes please');
    await isStored(1);
    expect(foyer.chat.state!.phase.status).toBe('assigned');
    await log.getByText('May I help with the sofas?').waitFor();
  });

  it('[WG22] dismissed, the agent hears of it', async () => {
    const { card } = await invited();
    await card.getByRole('button', { name: 'Not now' }).click();
    expect((await foyer.nthChat('chat.invitation', 1)).act).toBe('dismissed');
    await card.waitFor({ state: 'detached' });
    expect(foyer.chat.state!.phase.status).toBe('resolved');
  });

  it('[WG22] once in a tab: the next page has the badge alone', async () => {
    const { card, page } = await invited();
    await card.waitFor();
    const next = await kit.widget({ path: '/next' }, page);
    await next.launcher.getByText('1').waitFor();
    expect(await card.count()).toBe(0);
  });

  it('[WG22] not while a form of the page is filled in', async () => {
    kit.site();
    const { page } = await kit.widget({ body: '<form><input id="card"></form>' });
    await page.clock.install();
    await page.locator('#card').focus();
    foyer.chat.invites('May I help?');
    foyer.push({ t: 'chat.wake' } as never);
    await foyer.until(() => foyer.allChat('chat.marks').length > 0);
    await foyer.until(() => foyer.requests.some((request) => request.includes('invitation.js')));
    expect(await page.locator('foyer-widget .card').count()).toBe(0);
    await page.locator('#card').blur();
    await page.clock.runFor(1_500);
    await page.locator('foyer-widget .card').waitFor();
  });
});
