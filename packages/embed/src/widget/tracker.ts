/** What the tracker lends the widget: its socket, what it may keep, and where it heard what. */
import type { VisitorChatUp, VisitorUp, Welcome } from '@foyer/protocol/link';

type Hook = (detail: unknown) => void;
/** In the order of widget-calls.ts. */
export type Parts = readonly [
  /** Commands `[name, …]` of the page and frames `{t}` of the server, oldest first. */
  calls: unknown[],
  /** Attributes of the script's tag. */
  settings: DOMStringMap,
  tab: string,
  facts: { readonly [kind: string]: VisitorUp },
  on: (name: string, run: Hook) => () => unknown,
  emit: (name: string, detail?: unknown) => void,
  /** false: there is no connection. */
  say: (frame: VisitorChatUp) => boolean,
  /** Connects now, unless the server asked for a longer wait. */
  wake: () => void,
  clean: (href: string) => string,
  /** The visitor's secret behind its letter of consent, '' when there is none yet; false: nothing may be kept. */
  kept: () => string | false,
  remember: (token?: string, secret?: string) => void,
  /** What the server said on this connection; 0: there is none, and whether it comes back is open. */
  config: () => Partial<Welcome> | 0,
];

export let calls: Parts[0];
export let settings: Parts[1];
export let tab: Parts[2];
export let facts: Parts[3];
export let on: Parts[4];
export let emit: Parts[5];
export let say: Parts[6];
export let wake: Parts[7];
export let clean: Parts[8];
export let kept: Parts[9];
export let remember: Parts[10];
export let config: Parts[11];

export function borrow(parts: Parts): void {
  [calls, settings, tab, facts, on, emit, say, wake, clean, kept, remember, config] = parts;
}

/** Under this lies everything of Foyer's: `https://host/foyer.js/`. */
export const base = import.meta.url.replace(/[^/]*$/, '');
/** An address that the server gave relative to its origin; '' for what is not http(s). */
export const absolute = (address: string): string => {
  const { href } = new URL(address, base);
  return /^https?:/.test(href) ? href : '';
};
