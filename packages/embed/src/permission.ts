import type { Welcome } from '@foyer/protocol/link';
import { settings } from './env.ts';
import { readKept, readResume, writeKept, writeResume } from './keep.ts';

/** Global Privacy Control or Do Not Track: read before anything is stored. */
const signal = navigator.globalPrivacyControl || navigator.doNotTrack === '1';

/** The server's latest word. Until it has spoken (no `t`): note page views, tell and keep nothing. */
export let config: Partial<Welcome> = { tracking: true, params: [], hash: true };
/** What the browser keeps, or would if it could (keep.ts). */
let kept = '';
let resume = '';

/** The signal makes this a visit without storage or identity, unless the site ignores it: until the server has said so, it holds. */
const isLimited = () => signal && config.signals !== 'ignore';
const mayKeep = () => !isLimited() && config.storage !== 'none';

/** May anything leave the page at all? Granted, or neither denied nor required by the tag or the server. */
export const mayConnect = (): boolean => kept[0] === 'g' || !/^d|required/.test(kept[0]! + settings.consent + config.consent);
/** May the visitor be spoken of? */
export const maySpeak = (): boolean | undefined => config.tracking && mayConnect() && !(signal && config.signals === 'off');

/** Takes over what the page before this one or another tab wrote. Where storage is blocked, memory stands. */
export function recall(): void {
  kept = readKept() || kept;
  if (mayKeep()) resume ||= readResume() || '';
  else kept = kept.slice(0, 1);
}

/** Writes only what differs: a rewritten cookie would live longer. */
function store(): void {
  const value = mayKeep() ? kept : '';
  if (value !== readKept()) writeKept(value);
  writeResume(value && resume);
}

export function setConfig(welcome: Welcome): void {
  config = welcome;
  recall();
  store();
}

export function remember(token: string, secret?: string): void {
  resume = token;
  if (secret && mayKeep()) kept = (kept[0] || 'n') + secret;
  store();
}

/** A denial is kept, so that the next page keeps silent too; a grant waits for `welcome`, which may forbid storage. */
export function choose(choice: 'g' | 'd'): void {
  kept = choice === 'g' ? choice + kept.slice(1) : choice;
  if (choice === 'd') resume = '';
  if (choice === 'd' || config.t) store();
  else if (readKept() === 'd') writeKept('');
}

// A page can write into its own storage; what is no token would have the whole greeting refused.
const token = (text: string) => text.match(/^[\w.-]{8,}$/)?.[0];

/** Who says hello. Under a signal the resume token holds the visit together, for this document only. */
export const credentials = () => ({ secret: token(kept.slice(1)), resume: token(resume), signal: isLimited() });
