import type { Welcome } from '@foyer/protocol/link';
import { settings } from './env.ts';
import { get, put, readKept, writeKept } from './keep.ts';

/** Global Privacy Control or Do Not Track: read before anything is stored. */
const signal = navigator.globalPrivacyControl || (navigator.doNotTrack as unknown as number) > 0;

/** The server's latest word. Until it has spoken (no `t`): note page views, tell and keep nothing. */
export let config: Partial<Welcome> = { tracking: true, keep: '$.', hash: true, storage: 'none' };
/** What the browser keeps, or would if it could (keep.ts). */
export let kept = '';
export let resume: string | undefined;

/** The signal makes this a visit without storage or identity, unless the site ignores it: until the server has said so, it holds. */
export const isLimited = () => signal && config.signals !== 'ignore';
/** A denial is kept in any mode: else it would have to be asked for again. */
const mayKeep = () => !isLimited() && (kept === 'd' || config.storage !== 'none');

/** May anything leave the page at all? Granted, or neither denied nor required by the tag or the server. */
const mayConnect = (): boolean => kept[0] === 'g' || !/^d|required/.test(kept[0]! + settings.consent + config.consent);
/** Somebody said start; without data-manual the snippet itself did. A wish waits for consent, consent is no wish. */
let isWished = settings.manual == null;
export const wish = (): void => {
  isWished = true;
};
/** The page, or the visitor by it, asks for the chat itself: reason enough to connect, none to track or to keep. Not after a denial. */
let isChatWanted: boolean | undefined;
export const wantChat = (call: string): void => {
  isChatWanted ||= /^(open|show|message)/.test(call);
};
export const mayBegin = (): boolean | undefined => (isWished && mayConnect()) || (isChatWanted && kept !== 'd');
/** May the visitor be spoken of? */
export const maySpeak = (): boolean | undefined => isWished && config.tracking && mayConnect() && !(signal && config.signals === 'off');

/** What is kept ('' nothing yet); false: nothing may be. */
export const mayKeepSecret = (): string | false => isWished && mayConnect() && mayKeep() && kept;

/** Takes over what the page before this one or another tab wrote. Where storage is blocked, memory stands. */
export function recall(): void {
  kept = readKept() || kept;
  if (mayKeep()) resume ||= get('sessionStorage');
  else kept = kept.slice(0, 1);
}

/** Writes only what differs: a rewritten cookie would live longer. */
export function store(): void {
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

export function remember(token?: string, secret?: string): void {
  resume = token || resume;
  if (secret && mayKeep()) kept = (kept[0] || 'n') + secret;
  store();
}

/** Not written before `welcome`, which may forbid storage. */
export const grant = (): void => {
  kept = `g${kept.slice(1)}`;
};
/** Kept in any mode, so that the next page keeps silent too. */
export const deny = (): void => {
  kept = 'd';
  resume = '';
};
