import { describe, expect, test } from 'vitest';
import { Drafts, type DraftStorage, modeOf, textOf } from './drafts.ts';

class Storage implements DraftStorage {
  readonly map = new Map<string, string>();
  full = false;
  get length(): number {
    return this.map.size;
  }
  getItem(key: string): string | null {
    return this.map.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    if (this.full) throw new Error('quota');
    this.map.set(key, value);
  }
  removeItem(key: string): void {
    this.map.delete(key);
  }
  key(index: number): string | null {
    return [...this.map.keys()][index] ?? null;
  }
}
const DAY = 86_400_000;

describe('drafts', () => {
  test('[CO1] each conversation and each mode has its own, over a reload, and each agent their own', () => {
    const storage = new Storage();
    const drafts = new Drafts('u1', storage, () => 0);
    drafts.write('c1', 'Hello');
    drafts.set('c1', { mode: 'note' });
    drafts.write('c1', 'for us');
    drafts.write('c2', 'other');
    const again = new Drafts('u1', storage, () => 1);
    expect(again.get('c1')).toEqual({ mode: 'note', reply: 'Hello', note: 'for us', editing: null });
    expect(textOf(again.get('c2'))).toBe('other');
    expect(textOf(new Drafts('u2', storage, () => 1).get('c1'))).toBe('');
  });

  test('[CO1] an empty draft leaves nothing behind; old ones and more than a hundred go', () => {
    const storage = new Storage();
    let now = 0;
    const drafts = new Drafts('u1', storage, () => now);
    drafts.write('c1', 'x');
    drafts.write('c1', '');
    expect(storage.length).toBe(0);
    drafts.write('old', 'x');
    now = 10 * DAY;
    for (let i = 0; i < 101; i += 1) drafts.write(`c${i}`, 'x');
    const kept = new Drafts('u1', storage, () => 14 * DAY + 1);
    expect(storage.length).toBe(100);
    expect(textOf(kept.get('old'))).toBe('');
  });

  test('[CO1] where nothing can be stored a draft lives with the page; what is stored wrongly is none', () => {
    const storage = new Storage();
    storage.full = true;
    const drafts = new Drafts('u1', storage, () => 0);
    drafts.write('c1', 'Hello');
    expect(textOf(drafts.get('c1'))).toBe('Hello');
    storage.map.set('foyer.draft.u1.c2', '{"mode":7');
    storage.map.set('foyer.draft.u1.c3', '{"mode":7,"reply":[1]}');
    expect([drafts.get('c2'), drafts.get('c3')].map(textOf)).toEqual(['', '']);
    expect(textOf(new Drafts('u1', null, () => 0).get('c1'))).toBe('');
  });

  test('[CO2] what is edited stands in the field, and the draft comes back after it', () => {
    const drafts = new Drafts('u1', null, () => 0);
    drafts.write('c1', 'half a');
    drafts.set('c1', { editing: { seq: 4, kind: 'note', original: 'old', text: 'old' } });
    drafts.write('c1', 'new');
    expect([textOf(drafts.get('c1')), modeOf(drafts.get('c1'))]).toEqual(['new', 'note']);
    drafts.set('c1', { editing: null });
    expect([textOf(drafts.get('c1')), modeOf(drafts.get('c1'))]).toEqual(['half a', 'reply']);
  });

  test('[CO3] what was taken back stands in front of what has been begun since', () => {
    const drafts = new Drafts('u1', null, () => 0);
    drafts.restore('c1', 'reply', 'Sent too early');
    expect(textOf(drafts.get('c1'))).toBe('Sent too early');
    drafts.restore('c1', 'reply', 'Earlier');
    expect(textOf(drafts.get('c1'))).toBe('Earlier\nSent too early');
  });

  test('[CO13] a note that is written while something is taken back stays a note', () => {
    const drafts = new Drafts('u1', null, () => 0);
    const asked = drafts.get('c1');
    drafts.set('c1', { mode: 'note', note: 'Only between us' });
    expect(drafts.restore('c1', 'reply', 'Too fast', asked)).toBe(false);
    expect(drafts.get('c1')).toMatchObject({ mode: 'note', note: 'Only between us', reply: 'Too fast' });
    const inNotes = drafts.get('c1');
    drafts.write('c1', 'Only between us two');
    expect(drafts.restore('c1', 'reply', 'Earlier', inNotes)).toBe(false);
    expect(drafts.get('c1')).toMatchObject({ mode: 'note', reply: 'Earlier\nToo fast' });
    expect(drafts.restore('c1', 'reply', '', drafts.get('c1'))).toBe(true);
    expect(textOf(drafts.get('c1'))).toBe('Earlier\nToo fast');
  });
});
