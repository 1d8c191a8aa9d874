import type { Welcome } from '@foyer/protocol/link';
import { settings } from './env.ts';
import { get, put, readKept, writeKept } from './keep.ts';

/** Global Privacy Control or Do Not Track: read before anything is stored. */
const signal = navigator.globalPrivacyControl || (navigator.doNotTrack as unknown as number) > 0;

/** The server's latest word. Until it has spoken (no `t`): note page views, tell and keep nothing. */
export let config: Partial<Welcome> = { tracking: true, params: [], hash: true, storage: 'none' };
/** What the browser keeps, or would if it could (keep.ts). */
export let kept = '';
export let resume: string | undefined;

/** The signal makes this a visit without storage or identity, unless the site ignores it: until the server has said so, it holds. */
export const isLimited = () => signal && config.signals !== 'ignore';
/** A denial is kept in any mode: else it would have to be asked for again. */
const mayKeep = () => !isLimited() && (kept === 'd' || config.storage !== 'none');

/** May anything leave the page at all? Granted, or neither denied nor required by the tag or the server. */
export const mayConnect = (): boolean => kept[0] === 'g' || !/^d|required/.test(kept[0]! + settings.consent + config.consent);
/** May the visitor be spoken of? */
export const maySpeak = (): boolean | undefined => config.tracking && mayConnect() && !(signal && config.signals === 'off');

/** Takes over what the page before this one or another tab wrote. Where storage is blocked, memory stands. */
export function recall(): void {
  kept = readKept() || kept;
  if (mayKeep()) resume ||= get('sessionStorage');
  else kept = kept.slice(0, 1);
}

/** Writes only what differs: a rewritten cookie would live longer. */
function store(): void {
  const value = mayKeep() ? kept : '';
  if (value !== readKept()) writeKept(value);
  // Where a reload finds it; other tabs have the secret.
  put('sessionStorage', value && resume);
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

/** A denial is kept, so that the next page keeps silent too; a grant is not before `welcome`, which may forbid storage. */
export function choose(isGranted: boolean): void {
  kept = isGranted ? `g${kept.slice(1)}` : 'd';
  if (!isGranted) resume = undefined;
  store();
}
