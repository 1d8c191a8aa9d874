import { CHAT_LIMITS, type ChatFile } from '@foyer/protocol';
import { describe, expect, test } from 'vitest';
import { FileRefused, type SendFile, Uploads } from './uploads.ts';

const file = (name: string): ChatFile => ({ id: `f-${name}`, name, type: 'image/png', bytes: 1, width: 1, height: 1 });
const source = (bytes = 1): Blob => new Blob(['x'.repeat(bytes)]);
type Sent = Parameters<SendFile>[0] & { done: (file: ChatFile) => void; fail: (why: unknown) => void };

function started(): { uploads: Uploads; sent: Sent[]; settle: () => Promise<void> } {
  const sent: Sent[] = [];
  const uploads = new Uploads((q) => new Promise((done, fail) => void sent.push({ ...q, done, fail })));
  return { uploads, sent, settle: async () => void (await new Promise((resolve) => setImmediate(resolve))) };
}

describe('attachments', () => {
  test('[CO6] files go up three at a time, tell their progress, and are there when they are stored', async () => {
    const { uploads, sent, settle } = started();
    expect(
      uploads.add(
        'c1',
        ['a', 'b', 'c', 'd'].map((name) => ({ name, source: source() })),
      ),
    ).toBe(0);
    expect(sent.map((one) => one.name)).toEqual(['a', 'b', 'c']);
    sent[0]!.onProgress(0.5);
    expect(uploads.list('c1').map((one) => one.progress)).toEqual([0.5, 0, 0, 0]);
    sent[0]!.done(file('a'));
    await settle();
    expect(sent.map((one) => one.name)).toEqual(['a', 'b', 'c', 'd']);
    expect(uploads.list('c1').map((one) => one.file?.id)).toEqual(['f-a', undefined, undefined, undefined]);
  });

  test('[CO6] what is too big or empty is not sent; what is declined says why; what did not get there can be tried again', async () => {
    const { uploads, sent, settle } = started();
    uploads.add('c1', [
      { name: 'big.png', source: source(CHAT_LIMITS.fileBytes + 1) },
      { name: 'empty.png', source: source(0) },
      { name: 'page.html', source: source() },
      { name: 'photo.png', source: source() },
    ]);
    expect(sent.map((one) => one.name)).toEqual(['page.html', 'photo.png']);
    sent[0]!.fail(new FileRefused('html is not taken'));
    sent[1]!.fail(new TypeError('network'));
    await settle();
    expect(uploads.list('c1').map((one) => one.problem)).toEqual(['too_big', 'empty', 'refused', 'failed']);
    uploads.again('c1', uploads.list('c1')[3]!.key);
    sent[2]!.done(file('photo.png'));
    await settle();
    expect(uploads.list('c1')[3]).toMatchObject({ problem: null, file: { id: 'f-photo.png' } });
  });

  test('[CO6] at most ten of one message; a removed one ends its upload and comes back by no late answer', async () => {
    const { uploads, sent, settle } = started();
    expect(
      uploads.add(
        'c1',
        Array.from({ length: 12 }, (_, i) => ({ name: `f${i}`, source: source() })),
      ),
    ).toBe(2);
    const first = uploads.list('c1')[0]!.key;
    uploads.remove('c1', first);
    expect(sent[0]!.signal.aborted).toBe(true);
    sent[0]!.done(file('f0'));
    await settle();
    expect(uploads.list('c1').map((one) => one.name)).not.toContain('f0');
    expect(uploads.list('c1')).toHaveLength(9);
  });

  test('[CO6] each conversation has its own; those of a message that is taken back go up anew', async () => {
    const { uploads, sent, settle } = started();
    uploads.add('c1', [{ name: 'a', source: source() }]);
    expect(uploads.list('c2')).toEqual([]);
    sent[0]!.done(file('a'));
    await settle();
    uploads.sent('c1');
    expect(uploads.list('c1')).toEqual([]);
    uploads.bringBack('c1', ['f-other']);
    expect(uploads.list('c1')).toEqual([]);
    uploads.bringBack('c1', ['f-a']);
    expect(uploads.list('c1').map(({ name, file: stored }) => [name, stored])).toEqual([['a', null]]);
    expect(sent.map((one) => one.name)).toEqual(['a', 'a']);
  });

  test('[CO6] a long name keeps its ending', () => {
    const { uploads } = started();
    uploads.add('c1', [{ name: `${'x'.repeat(300)}.jpeg`, source: source() }]);
    expect(uploads.list('c1')[0]!.name).toMatch(/^x+\.jpeg$/);
    expect(uploads.list('c1')[0]!.name).toHaveLength(CHAT_LIMITS.fileNameChars);
  });
});
