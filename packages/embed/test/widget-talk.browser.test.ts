import { visitorConversationOf } from '@foyer/domain/chat';
import { describe, expect, it } from 'vitest';
import { fence } from './host-page.testkit.ts';
import { useWidgets } from './widget.testkit.ts';

const kit = useWidgets();
const { foyer } = kit;
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64');
const aFile = (name: string, buffer = PNG) => ({ name, mimeType: name.endsWith('.png') ? 'image/png' : 'application/pdf', buffer });
const isStored = (count: number) =>
  foyer.until(
    () => kit.stored().length === count,
    () => `${count} stored of ${JSON.stringify(kit.stored())}`,
  );
/** A widget in the middle of a conversation with Marta. */
async function talking(look = {}) {
  kit.site(look);
  const widget = await kit.widget();
  await widget.talk();
  await widget.write('Hello');
  await isStored(1);
  foyer.chat.says('Hi, Marta here');
  await widget.log.getByText('Hi, Marta here').waitFor();
  return widget;
}

describe('words', () => {
  it('[WG7] the greeting has questions that one click sends, then the conversation there is', async () => {
    kit.site({ greetingTitle: 'Welcome to Fernhill', questions: ['Where is my order?', 'Which size?'] });
    const { launcher, panel, log } = await kit.widget();
    await launcher.click();
    await panel.getByRole('heading', { name: 'Welcome to Fernhill' }).waitFor();
    const edges = await panel.locator('.hero .face').evaluateAll((faces) => faces.map((face) => face.getBoundingClientRect()));
    // Initials end 6 px before their face does, and a ring of 2 px stands around the next one.
    expect(edges[0]!.right - edges[1]!.left).toBeLessThanOrEqual(4);
    await panel.locator('.end .act').click();
    await log.getByText('Welcome to Fernhill').waitFor();
    await panel.getByRole('button', { name: 'Back' }).click();
    await panel.getByText('Which size?').click();
    await isStored(1);
    expect(kit.stored()).toEqual(['Which size?']);
    foyer.chat.says('Medium, I think');
    await log.getByText('Medium, I think').waitFor();
    await panel.getByRole('button', { name: 'Back' }).click();
    await panel.locator('.resume').getByText('Medium, I think').waitFor();
    await panel.locator('.resume').click();
    await log.getByText('Medium, I think').waitFor();
  });

  it('[WG9] addresses become links, and nothing becomes markup', async () => {
    const { log, write, page } = await talking();
    await write('<img src=x onerror="document.title=1"> see https://shop.example/a?b=1. javascript:alert(1)');
    await isStored(2);
    foyer.chat.says('<b>bold</b> http://example.com/(x)');
    await log.getByText('<b>bold</b>').waitFor();
    const links = await log
      .locator('a')
      .evaluateAll((all) => all.map((a) => [(a as HTMLAnchorElement).href, a.getAttribute('target'), a.getAttribute('rel')]));
    expect(links).toEqual([
      ['https://shop.example/a?b=1', '_blank', 'noopener noreferrer'],
      ['http://example.com/(x)', '_blank', 'noopener noreferrer'],
    ]);
    expect(await log.locator('b, img').count()).toBe(0);
    expect(await page.title()).toBe('Home');
  });

  it('[WG10] Enter and the button send, Shift+Enter does not, emoji go in at the cursor, a draft outlives its page', async () => {
    const widget = await talking();
    const { field, panel } = widget;
    await field.fill('one');
    await field.press('Shift+Enter');
    await field.pressSequentially('two');
    await panel.getByRole('button', { name: 'Send' }).click();
    await isStored(2);
    expect(kit.stored()[1]).toBe('one\ntwo');
    await field.fill('ab');
    await field.evaluate((element) => (element as HTMLTextAreaElement).setSelectionRange(1, 1));
    await panel.getByRole('button', { name: 'Emoji' }).click();
    await panel.locator('.emoji button').nth(2).click();
    expect(await field.inputValue()).toBe('a😄b');
    const next = await kit.widget({ path: '/next' }, widget.page);
    await next.field.waitFor();
    expect(await next.field.inputValue()).toBe('a😄b');
    await next.field.press('Enter');
    await isStored(3);
    expect(await next.field.inputValue()).toBe('');
    expect(kit.stored()[2]).toBe('a😄b');
  });

  it('[WG13] typing is told both ways and ends by itself; no words of it', async () => {
    const { field, panel, page } = await talking();
    await page.clock.install();
    await field.pressSequentially('How');
    expect(await foyer.nthChat('chat.typing', 0)).toEqual({ t: 'chat.typing', on: true });
    await field.fill('');
    await foyer.until(() => foyer.allChat('chat.typing').at(-1)!.on === false);
    foyer.chat.tell({ t: 'chat.typing', on: true, name: 'Marta' });
    await panel.getByRole('img', { name: 'Marta is typing' }).waitFor();
    await page.clock.runFor(6_100);
    await panel.getByRole('img', { name: 'Marta is typing' }).waitFor({ state: 'detached' });
    expect(await panel.getByText('The team sees what you type').count()).toBe(0);
  });

  it('[WG13] what is typed is shown to a team that asked for it, and the visitor is told', async () => {
    foyer.chat.preview = true;
    const { field, panel } = await talking();
    await panel.getByText('The team sees what you type before you send it.').waitFor();
    await field.fill('My card number is');
    await foyer.until(() => foyer.allChat('chat.typing').some(({ text }) => text === 'My card number is'));
  });

  it('[WG14] ticks: sent, delivered, read', async () => {
    const { log, write } = await talking();
    await write('Is it there?');
    await isStored(2);
    await log.getByText('Sent', { exact: true }).last().waitFor();
    foyer.chat.reads(false);
    await log.getByText('Delivered', { exact: true }).last().waitFor();
    foyer.chat.reads();
    await log.getByText('Read', { exact: true }).last().waitFor();
  });

  it('[WG14] what is refused stays with its reason; it is tried again or discarded', async () => {
    const { log, write } = await talking();
    foyer.chat.does({ c: 'block', by: { kind: 'agent', id: 'marta' }, until: Date.now() + 60_000 });
    await write('And now?');
    await log.getByText('You cannot write here at the moment.').waitFor();
    foyer.chat.does({ c: 'unblock', by: { kind: 'agent', id: 'marta' } });
    await log.getByRole('button', { name: 'Try again' }).click();
    await isStored(2);
    await log.getByText('Not sent.').waitFor({ state: 'detached' });
    foyer.chat.does({ c: 'block', by: { kind: 'agent', id: 'marta' }, until: Date.now() + 60_000 });
    await write('Never mind');
    await log.getByRole('button', { name: 'Discard' }).click();
    await log.getByText('Never mind').waitFor({ state: 'detached' });
    expect(kit.stored()).toEqual(['Hello', 'And now?']);
  });

  it('[WG31] of a text that is too long for a message its beginning is taken, by bytes, and why is said', async () => {
    const { field, panel } = await talking();
    await field.fill(`${'ü'.repeat(4_095)}😀 behind`);
    await panel.getByText('This is too long for one message: its beginning is here. A file can be longer.').waitFor();
    expect(await field.inputValue()).toBe('ü'.repeat(4_095));
    await field.evaluate((element) => (element as HTMLTextAreaElement).setSelectionRange(4_000, 4_000));
    await field.page().keyboard.insertText('abcd');
    await field.page().waitForFunction(() => {
      const text = document.querySelector('foyer-widget')!.shadowRoot!.querySelector('textarea')!;
      return text.value.length === 4_097;
    });
    expect(await field.inputValue()).toBe(`${'ü'.repeat(4_000)}ab${'ü'.repeat(95)}`);
    await field.press('Enter');
    await isStored(2);
    expect(kit.stored()[1]).toBe(`${'ü'.repeat(4_000)}ab${'ü'.repeat(95)}`);
  });

  it('[WG31] a megabyte that is pasted neither holds up the page nor is kept', async () => {
    const { field, panel, page } = await talking();
    await field.focus();
    const tookMs = await field.evaluate((element) => {
      const text = element as HTMLTextAreaElement;
      const data = new DataTransfer();
      data.setData('text/plain', 'x'.repeat(1_000_000));
      const from = performance.now();
      // What the browser does with a paste that nobody prevents.
      if (text.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })))
        document.execCommand('insertText', false, data.getData('text/plain'));
      void text.offsetHeight;
      return performance.now() - from;
    });
    await panel.getByText('This is too long for one message: its beginning is here.').waitFor();
    expect(await field.inputValue()).toBe('x'.repeat(8_192));
    expect(tookMs).toBeLessThan(250);
    expect(await page.evaluate('Object.values({ ...sessionStorage }).join("").length')).toBeLessThan(20_000);
  });

  it('[WG15] a receipt that is lost: said again, stored once, in order', async () => {
    const { write, log } = await talking();
    foyer.chat.swallow = 1;
    await write('one');
    await write('two');
    await isStored(2);
    foyer.cutAll();
    await isStored(3);
    expect(kit.stored()).toEqual(['Hello', 'one', 'two']);
    await log.getByText('Sending').waitFor({ state: 'detached' });
    expect(await log.locator('.me .say').allTextContents()).toEqual(['Hello', 'one', 'two']);
  });

  it('[WG15] what the page could not say any more is said by the next; what came meanwhile is there', async () => {
    const widget = await talking();
    foyer.refuseSockets = 503;
    foyer.cutAll();
    await foyer.until(() => foyer.open === 0);
    await widget.write('before I go');
    await widget.log.getByText('Waiting for the network').waitFor();
    foyer.chat.says('One more thing');
    foyer.refuseSockets = 0;
    const next = await kit.widget({ path: '/next' }, widget.page);
    await isStored(2);
    await next.log.getByText('One more thing').waitFor();
    // Under the greeting.
    expect((await next.log.locator('.say').allTextContents()).slice(1)).toEqual([
      'Hello',
      'Hi, Marta here',
      'One more thing',
      'before I go',
    ]);
  });

  it('[WG15] a last message that was cut off arrives with a head', async () => {
    const { log } = await talking();
    const { messages } = foyer.chat;
    const tell = foyer.chat.tell.bind(foyer.chat);
    foyer.chat.tell = () => {};
    foyer.chat.says('Cut off');
    foyer.chat.tell = tell;
    expect(foyer.chat.messages.length).toBe(messages.length + 1);
    foyer.chat.tell({ t: 'chat.head', conversation: foyer.chat.id, rev: foyer.chat.state!.shownRev });
    await log.getByText('Cut off').waitFor();
  });

  it('[WG16] a strip says that there is no connection, and goes with it; each word waits by itself', async () => {
    const { panel, log, write, page } = await talking();
    // It comes back when it is told to, and not by itself before.
    await page.evaluate(() => (Math.random = () => 0.5));
    foyer.settings({ retry: { minMs: 0, maxMs: 600_000 } });
    await fence(foyer, page);
    await page.clock.install();
    foyer.refuseSockets = foyer.refusePolls = 503;
    foyer.cutAll();
    await write('Anybody?');
    await log.getByText('Waiting for the network').waitFor();
    await page.clock.runFor(4_500);
    await panel.getByText('No connection. Messages are kept and sent again.').waitFor();
    foyer.refuseSockets = foyer.refusePolls = 0;
    await panel.getByRole('button', { name: 'Try now' }).click();
    await isStored(2);
    await panel.getByText('No connection.').waitFor({ state: 'detached' });
  });

  it('[WG19] an AI agent is called one, has no face, and a person can be asked for', async () => {
    const { panel } = await talking();
    foyer.chat.does({ c: 'hand_to_ai', by: { kind: 'agent', id: 'marta' }, ai: 'juno' });
    await panel.getByText('AI agent of Fernhill').waitFor();
    await panel.locator('.top .bot').waitFor();
    await panel.getByRole('button', { name: 'Talk to a person' }).click();
    await foyer.nthChat('chat.person', 0);
    await panel.getByText('You asked for a person.').waitFor();
  });

  it('[WG21] the badge counts what was not read, and goes when it is read', async () => {
    const { launcher } = await talking();
    await launcher.click();
    foyer.chat.says('Two more');
    foyer.chat.says('things');
    await launcher.getByText('2').waitFor();
    expect(await launcher.getAttribute('aria-label')).toBe('Open the chat, 2 unread');
    await launcher.click();
    await foyer.until(() => foyer.allChat('chat.marks').at(-1)!.read === foyer.chat.state!.seq);
    await launcher.click();
    expect(await launcher.locator('.unread').count()).toBe(0);
  });

  it('[WG30] a team that writes by the hundred is marked a few times, and a gap is asked for once until a head shows it again', async () => {
    const { log } = await talking();
    const last = (): number => foyer.chat.state!.seq;
    const before = foyer.allChat('chat.marks').length;
    for (let n = 0; n < 200; n++) foyer.chat.says(`Line ${n}`);
    await log.getByText('Line 199', { exact: true }).waitFor();
    await foyer.until(() => foyer.allChat('chat.marks').at(-1)?.read === last());
    expect(foyer.allChat('chat.marks').length - before).toBeLessThanOrEqual(8);

    const { id, rev } = foyer.chat.state!;
    const conversation = visitorConversationOf(foyer.chat.state!, () => ({ name: 'Marta', face: '' }));
    foyer.chat.answersGaps = false;
    for (let n = 2; n < 50; n++) foyer.chat.tell({ t: 'chat.changes', prev: rev + n, rev: rev + n + 1, conversation, messages: [] });
    foyer.chat.tell({ t: 'chat.typing', on: true, name: 'Marta' });
    await log.getByRole('img', { name: 'Marta is typing' }).waitFor();
    expect(foyer.allChat('chat.after')).toEqual([{ t: 'chat.after', conversation: id, rev }]);
    foyer.chat.tell({ t: 'chat.head', conversation: id, rev: rev + 50 });
    await foyer.nthChat('chat.after', 1);
  });

  it('[WG20] it rings for what comes unseen after a touch, not for what is seen, not muted', async () => {
    const { launcher, page, panel, field } = await talking();
    await page.evaluate(() => {
      const rung = window as unknown as { rung: number };
      rung.rung = 0;
      const { start } = OscillatorNode.prototype;
      OscillatorNode.prototype.start = function (when) {
        rung.rung++;
        return start.call(this, when);
      };
    });
    foyer.chat.says('Seen');
    await panel.getByText('Seen').waitFor();
    expect(await page.evaluate('rung')).toBe(0);
    await launcher.click();
    foyer.chat.says('Unseen');
    await page.waitForFunction('rung === 2');
    await launcher.click();
    await field.waitFor();
    await panel.getByRole('button', { name: 'Menu' }).click();
    await panel.getByRole('button', { name: 'Turn sound off' }).click();
    await launcher.click();
    foyer.chat.says('Muted');
    await launcher.getByText('1').waitFor();
    expect(await page.evaluate('rung')).toBe(2);
  });
});

describe('pages', () => {
  it('[WG29] the words come with the page they were said on, also where pages do not reload and nobody is tracked', async () => {
    foyer.settings({ tracking: false });
    const { page, write } = await talking();
    await page.evaluate(() => history.pushState(0, '', '/checkout?token=secret'));
    await write('Here');
    await isStored(2);
    const told = foyer.chatHeard.map(({ t }) => t).filter((t) => t === 'chat.say' || t === 'chat.page');
    expect(told).toEqual(['chat.say', 'chat.page', 'chat.say']);
    expect(await foyer.nthChat('chat.page', 0)).toMatchObject({ url: `${foyer.origin('www.shop.test')}/checkout` });
    expect(foyer.heard).toEqual([]);
  });
});

describe('files', () => {
  it('[WG11] chosen files show how far they are and go with the message; a picture is shown, and large on a click', async () => {
    const { panel, log, field } = await talking();
    const release = foyer.hold('files');
    await panel.locator('input[type=file]').setInputFiles([aFile('sofa.png'), aFile('invoice.pdf', Buffer.from('%PDF'))]);
    await panel.getByRole('progressbar', { name: 'Uploading sofa.png' }).waitFor();
    expect(await panel.getByRole('button', { name: 'Send' }).isDisabled()).toBe(true);
    release();
    await field.fill('Both of them');
    await panel.locator('.go:not([disabled])').click();
    await foyer.until(() => foyer.chat.messages.at(-1)!.body.kind === 'attachment');
    await log.getByText('invoice.pdf').waitFor();
    await log.getByRole('button', { name: 'Picture sofa.png, open' }).click();
    const view = panel.page().getByRole('dialog', { name: 'sofa.png' });
    await view.getByRole('link', { name: 'Download' }).waitFor();
    await panel.page().keyboard.press('Escape');
    await view.waitFor({ state: 'detached' });
    expect(await panel.isVisible()).toBe(true);
    // Both at once: which of them comes first is the network's.
    expect(new Map(foyer.chat.uploads.map(({ name, body }) => [name, body.length]))).toEqual(
      new Map([
        ['sofa.png', PNG.length],
        ['invoice.pdf', 4],
      ]),
    );
    expect(foyer.chat.uploads).toHaveLength(2);
  });

  it('[WG11] files are pasted and dropped', async () => {
    const { panel, field } = await talking();
    const files = await field.evaluateHandle(() => {
      const data = new DataTransfer();
      data.items.add(new File(['%PDF'], 'pasted.pdf', { type: 'application/pdf' }));
      return data;
    });
    await field.evaluate(
      (element, data) =>
        element.dispatchEvent(
          new ClipboardEvent('paste', { clipboardData: data as DataTransfer, bubbles: true, cancelable: true, composed: true }),
        ),
      files,
    );
    await panel.getByText('pasted.pdf').waitFor();
    await panel.dispatchEvent('dragover', { dataTransfer: files });
    await panel.dispatchEvent('drop', { dataTransfer: files });
    await foyer.until(() => foyer.chat.uploads.length === 2);
  });

  it.each([
    ['virus.exe', Buffer.from('MZ'), 'cannot be sent'],
    ['page.html', Buffer.from('<p>'), 'cannot be sent'],
    ['empty.pdf', Buffer.alloc(0), 'is empty'],
    ['film.mp4', Buffer.alloc(10 * 1_024 * 1_024 + 1), 'is larger than 10 MB'],
  ])('[WG11] %s is refused by name with the reason', async (name, buffer, reason) => {
    const { panel } = await talking();
    await panel.locator('input[type=file]').setInputFiles([{ name, mimeType: '', buffer }]);
    await panel.getByRole('alert').getByText(`“${name}” ${reason}`).waitFor();
    expect(await panel.locator('.uploads').count()).toBe(0);
    expect(foyer.chat.uploads).toEqual([]);
  });

  it('[WG11] an upload that fails can be tried again; the server has the last word on its kind', async () => {
    const { panel } = await talking();
    foyer.chat.uploadStatus = 500;
    await panel.locator('input[type=file]').setInputFiles([aFile('a.png')]);
    await panel.getByText('did not get through').waitFor();
    foyer.chat.uploadStatus = 200;
    await panel.getByRole('button', { name: 'Try again' }).click();
    await panel.locator('.go:not([disabled])').click();
    await foyer.until(() => foyer.chat.messages.at(-1)!.body.kind === 'attachment');
    foyer.chat.uploadStatus = 415;
    await panel.locator('input[type=file]').setInputFiles([aFile('b.png')]);
    await panel.getByText('“b.png” cannot be sent').waitFor();
    expect(await panel.locator('.uploads').count()).toBe(0);
  });
});
