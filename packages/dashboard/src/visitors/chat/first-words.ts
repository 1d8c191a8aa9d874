import { CHAT_LIMITS } from '@foyer/protocol';

const drafts = new Map<string, string>();
/** Visitors whose begun words are remembered. */
const MOST = 50;

/** What was begun to be written to a visitor; kept while the page lives, so that a look at somebody else loses nothing. */
export const draftOf = (visitor: string): string => drafts.get(visitor) ?? '';

export function keepDraft(visitor: string, text: string): void {
  drafts.delete(visitor);
  if (text.trim() !== '') drafts.set(visitor, text);
  const [oldest] = drafts.keys();
  if (drafts.size > MOST && oldest !== undefined) drafts.delete(oldest);
}

const utf8 = new TextEncoder();
export type Fits = 'empty' | 'fits' | 'too long';
/** Whether it is one message. */
export function fits(text: string): Fits {
  if (!/\S/.test(text)) return 'empty';
  return utf8.encode(text).length > CHAT_LIMITS.textBytes ? 'too long' : 'fits';
}
