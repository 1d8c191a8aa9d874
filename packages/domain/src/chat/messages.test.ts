import { describe, expect, it } from 'vitest';
import { deliveryOf, visitorConversationOf, visitorMessageOf } from './shown.ts';
import { aFile, agent, buttons, Chat, form, MINUTE, NOW, system, text, visitor } from './chat.testkit.ts';

function accepted(): Chat {
  const chat = new Chat();
  chat.does({ c: 'accept', by: agent() });
  return chat;
}
const sent = (words: typeof buttons | typeof form | ReturnType<typeof text>): Chat => {
  const chat = accepted();
  chat.does({ c: 'say', by: agent(), cid: 'cid-1', words });
  return chat;
};

describe('messages', () => {
  it('[CH14] buttons are clicked once, on one that is there, and the click stands in the transcript', () => {
    const chat = sent(buttons);
    const { seq } = chat.last();
    expect(chat.does({ c: 'choose', by: visitor, cid: 'cid-2', to: seq, button: 'c' })).toBe('bad_answer');
    chat.does({ c: 'choose', by: visitor, cid: 'cid-2', to: seq, button: 'b' });
    expect(chat.last().body).toEqual({ kind: 'choice', to: seq, button: 'b', label: 'Pears' });
    expect(chat.messages.get(seq)).toMatchObject({ answeredBy: seq + 1, rev: chat.state?.rev });
    expect(chat.does({ c: 'choose', by: visitor, cid: 'cid-3', to: seq, button: 'a' })).toBe('already_answered');
    expect(chat.does({ c: 'choose', by: visitor, cid: 'cid-3', to: 1, button: 'a' })).toBe('not_answerable');
    expect(chat.does({ c: 'submit', by: visitor, cid: 'cid-3', to: seq, values: [] })).toBe('not_answerable');
  });

  it('[CH14] a form is submitted once, with what it requires and nothing it does not ask', () => {
    const chat = sent(form);
    const { seq } = chat.last();
    const submit = (values: { id: string; value: string }[]) => chat.does({ c: 'submit', by: visitor, cid: 'cid-2', to: seq, values });
    expect(submit([])).toBe('bad_answer');
    expect(submit([{ id: 'mail', value: '  ' }])).toBe('bad_answer');
    expect(submit([{ id: 'mail', value: 'a@b.c' }, { id: 'size', value: 'XL' }])).toBe('bad_answer'); // prettier-ignore
    expect(submit([{ id: 'mail', value: 'a@b.c' }, { id: 'other', value: 'x' }])).toBe('bad_answer'); // prettier-ignore
    submit([{ id: 'mail', value: ' a@b.c ' }]);
    expect(chat.last().body).toEqual({ kind: 'submission', to: seq, values: [{ id: 'mail', label: 'E-mail', value: 'a@b.c' }] });
    expect(submit([{ id: 'mail', value: 'a@b.c' }])).toBe('already_answered');
  });

  it('[CH14] an answer reopens a resolved conversation as any word does', () => {
    const chat = sent(buttons);
    const { seq } = chat.last();
    chat.does({ c: 'resolve', by: agent() });
    chat.does({ c: 'choose', by: visitor, cid: 'cid-2', to: seq, button: 'a' });
    expect(chat.bodies().slice(-3)).toEqual(['resolved', 'reopened', 'choice']);
    expect(chat.messages.get(seq)?.answeredBy).toBe(chat.state?.seq);
  });

  it("[CH15] one edits and deletes one's own words, and nobody else's; what is deleted has no words left", () => {
    const chat = sent(text('Helo'));
    const { seq } = chat.last();
    expect(chat.does({ c: 'edit', by: agent('ben'), seq, text: 'x' })).toBe('not_yours');
    expect(chat.does({ c: 'edit', by: visitor, seq, text: 'x' })).toBe('not_yours');
    expect(chat.does({ c: 'remove', by: agent(), seq: 1, how: 'delete' })).toBe('not_yours');
    chat.later(MINUTE).does({ c: 'edit', by: agent(), seq, text: 'Hello' });
    expect(chat.messages.get(seq)).toMatchObject({ body: { text: 'Hello' }, editedAt: NOW + MINUTE, rev: chat.state?.rev });
    expect(chat.does({ c: 'edit', by: agent(), seq, text: 'Hello' })).toEqual([]);
    chat.does({ c: 'remove', by: agent(), seq, how: 'delete' });
    expect(chat.messages.get(seq)).toMatchObject({ body: { kind: 'text', text: '' }, gone: 'deleted' });
    expect(chat.does({ c: 'edit', by: agent(), seq, text: 'x' })).toBe('not_found');
    expect(chat.does({ c: 'edit', by: agent(), seq: 99, text: 'x' })).toBe('not_found');
  });

  it.each([
    [10_000, 'undone'],
    [10_001, ''],
  ])('[CH15] %i ms after it was sent, undone it is "%s"', (afterMs, gone) => {
    const chat = sent(text());
    const { seq } = chat.last();
    chat.later(afterMs);
    const answer = chat.does({ c: 'remove', by: agent(), seq, how: 'undo' });
    expect(chat.messages.get(seq)?.gone).toBe(gone);
    if (gone === '') expect(answer).toBe('too_late');
  });

  it("[CH15] what was answered is not undone, and events are not anybody's to edit", () => {
    const chat = sent(buttons);
    const { seq } = chat.last();
    expect(chat.does({ c: 'edit', by: agent(), seq, text: 'x' })).toBe('not_allowed');
    chat.does({ c: 'choose', by: visitor, cid: 'cid-2', to: seq, button: 'a' });
    expect(chat.does({ c: 'remove', by: agent(), seq, how: 'undo' })).toBe('too_late');
    expect(chat.does({ c: 'remove', by: visitor, seq: seq + 1, how: 'delete' })).toBe('not_allowed');
    expect(chat.does({ c: 'remove', by: agent(), seq: 2, how: 'delete' })).toBe('not_allowed');
  });

  it('[CH16] it is rated once each time it is resolved, and a rating asks for no answer', () => {
    const chat = accepted();
    chat.does({ c: 'say', by: agent(), cid: 'cid-1', words: text() });
    const rate = () => chat.does({ c: 'rate', by: visitor, cid: 'cid-2', stars: 5, comment: 'thanks' });
    rate();
    expect(chat.state).toMatchObject({ rating: { stars: 5, comment: 'thanks' }, awaitingSince: 0 });
    expect(rate()).toBe('already_rated');
    chat.does({ c: 'resolve', by: agent() });
    expect(rate()).toBe('already_rated');
    chat.does({ c: 'say', by: visitor, cid: 'cid-3', words: text() });
    expect(rate()).toHaveLength(2);
  });

  it('[CH17] notes are for the team: any agent writes them, in any state, and no visitor is shown one or its changes', () => {
    const chat = accepted();
    const shown = chat.state?.shownRev;
    chat.does({ c: 'note', by: agent('ben'), cid: 'cid-1', text: 'careful', mentions: ['anna', 'anna'] });
    const note = chat.last();
    expect(note.body).toEqual({ kind: 'note', text: 'careful', mentions: ['anna'] });
    expect(visitorMessageOf(note, () => ({ name: 'Ben', face: '' }))).toBeNull();
    chat.does({ c: 'edit', by: agent('ben'), seq: note.seq, text: 'very careful' });
    chat.does({ c: 'remove', by: agent('ben'), seq: note.seq, how: 'delete' });
    chat.does({ c: 'tag', by: agent(), tags: ['x'] });
    expect(chat.state).toMatchObject({ shownRev: shown, rev: (shown ?? 0) + 4, awaitingSince: NOW });
    expect(visitorMessageOf(chat.messages.get(note.seq)!, () => ({ name: '', face: '' }))).toBeNull();
    chat.does({ c: 'resolve', by: agent() });
    expect(chat.does({ c: 'note', by: agent('ben'), cid: 'cid-2', text: 'x', mentions: [] })).toHaveLength(1);
  });

  it('[CH17] a visitor sees names and faces, no ids of the team, and no client id but their own', () => {
    const chat = sent(text());
    chat.does({ c: 'assign', by: agent(), agent: 'ben' });
    const faces = () => ({ name: 'Anna', face: '/f.png' });
    const all = JSON.stringify([...chat.messages.values()].map((message) => visitorMessageOf(message, faces)));
    expect(all).not.toMatch(/anna|ben|cid-1/);
    expect(all).toContain('cid-start');
    expect(visitorConversationOf(chat.state!, faces)).toMatchObject({
      owner: { kind: 'agent', name: 'Anna', face: '/f.png' },
      hasEmail: false,
    });
    expect(JSON.stringify(visitorConversationOf(chat.state!, faces))).not.toMatch(/ben/);
  });

  it('[CH18] marks never fall, never pass what there is, and what was read was delivered', () => {
    const chat = sent(text());
    const { seq } = chat.last();
    const mark = (delivered: number, read: number) => chat.does({ c: 'mark', by: visitor, delivered, read });
    expect(deliveryOf(chat.last(), { visitor: chat.state!.visitorMarks, team: chat.state!.teamMarks })).toBe('sent');
    mark(seq, 0);
    expect(deliveryOf(chat.last(), { visitor: chat.state!.visitorMarks, team: chat.state!.teamMarks })).toBe('delivered');
    mark(0, 999);
    expect(chat.state?.visitorMarks).toEqual({ delivered: seq, read: seq });
    expect(mark(1, 1)).toEqual([]);
    expect(deliveryOf(chat.last(), { visitor: chat.state!.visitorMarks, team: chat.state!.teamMarks })).toBe('read');
    expect(chat.state?.teamMarks).toEqual({ delivered: 0, read: 0 });
  });

  it('[CH19] files are those that the sender has stored, each used once, or nothing is said', () => {
    const chat = accepted();
    const send = (files: string[], known = [aFile('f1'), aFile('f2')]) =>
      chat.does({ c: 'say', by: visitor, cid: 'cid-1', words: { kind: 'attachment', text: '', files } }, { files: known });
    expect(send(['f1', 'f3'])).toBe('bad_file');
    expect(send(['f1', 'f1'])).toBe('bad_file');
    expect(send([])).toBe('bad_file');
    send(['f2', 'f1']);
    expect(chat.last().body).toMatchObject({ kind: 'attachment', files: [aFile('f2'), aFile('f1')] });
  });

  it('[CH19] a visitor sends no buttons and no forms', () => {
    const chat = new Chat();
    expect(chat.does({ c: 'say', by: visitor, cid: 'cid-1', words: buttons })).toBe('not_allowed');
    expect(chat.does({ c: 'say', by: visitor, cid: 'cid-1', words: form })).toBe('not_allowed');
  });

  it('[CH20] somebody verified types what the site did not say', () => {
    const chat = new Chat();
    chat.does({ c: 'introduce', by: system, contact: { name: 'Ada', verified: true } });
    chat.does({ c: 'introduce', by: visitor, contact: { name: 'Eve', email: 'ada@x.example' } });
    expect(chat.state?.contact).toEqual({ name: 'Ada', email: 'ada@x.example', verified: true });
  });

  it('[CH20] what the site has verified is not overwritten by what is typed', () => {
    const chat = new Chat();
    chat.does({ c: 'introduce', by: visitor, contact: { name: 'Eve', email: 'eve@x.example', verified: true } });
    expect(chat.state?.contact).toEqual({ name: 'Eve', email: 'eve@x.example', verified: false });
    chat.does({ c: 'introduce', by: system, contact: { name: 'Ada', email: 'ada@x.example', verified: true } });
    expect(chat.does({ c: 'introduce', by: visitor, contact: { name: 'Mallory' } })).toEqual([]);
    expect(chat.state?.contact).toEqual({ name: 'Ada', email: 'ada@x.example', verified: true });
  });
});
