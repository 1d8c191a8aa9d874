import { WIDGET_LOOK } from '@foyer/protocol';
import { expect, test } from 'vitest';
import { changesOf, LookDrafts } from './look-draft.ts';

test('[PG3] what was changed and changed back is no change, and an empty line is no question', () => {
  const drafts = new LookDrafts();
  drafts.change('s', { accent: '#112233', questions: ['  Where is my order? ', ''] });
  expect(changesOf(WIDGET_LOOK, drafts.of('s'))).toEqual({ accent: '#112233', questions: ['Where is my order?'] });
  drafts.change('s', { accent: WIDGET_LOOK.accent, questions: [''] });
  expect(changesOf(WIDGET_LOOK, drafts.of('s'))).toEqual({});
  expect(drafts.of('other')).toEqual({});
});

test('[PG3] what is changed while saving stays to be saved', () => {
  const drafts = new LookDrafts();
  drafts.change('s', { accent: '#112233', greeting: 'Hello' });
  const saving = drafts.of('s');
  drafts.change('s', { greeting: 'Hello there' });
  drafts.drop('s', saving);
  expect(drafts.of('s')).toEqual({ greeting: 'Hello there' });
  drafts.drop('s');
  expect(drafts.of('s')).toEqual({});
});

test('[PG3] a change is told, and the draft stays the same object until the next', () => {
  const drafts = new LookDrafts();
  let told = 0;
  drafts.subscribe(() => (told += 1));
  expect(drafts.of('s')).toBe(drafts.of('s'));
  drafts.change('s', { side: 'start' });
  expect(drafts.of('s')).toBe(drafts.of('s'));
  expect(told).toBe(1);
});
