import type { Settings } from '@foyer/protocol';

/**
 * 'all': a visit as usual · 'limited': a visit that stores nothing in the browser and has no identity and no memory of earlier visits ·
 * 'nothing': not even that somebody was there.
 */
export type Collect = 'all' | 'limited' | 'nothing';

export interface CollectFacts {
  /** The workspace's toggle. */
  readonly tracking: boolean;
  /** Global Privacy Control or Do Not Track, from the page or from the request's headers. */
  readonly signal: boolean;
  readonly signals: Settings['signals'];
  readonly cookieless: boolean;
}

/**
 * What may be collected about a visitor who said `hello`. Consent is not asked here: with `data-consent="required"` there is no socket
 * before it is granted, so a `hello` is the consent; a signal still holds after it, because nobody can tell which word was meant more.
 */
export function mayCollect(facts: CollectFacts): Collect {
  if (!facts.tracking) return 'nothing';
  if (facts.signal && facts.signals === 'off') return 'nothing';
  if (facts.cookieless || (facts.signal && facts.signals === 'limit')) return 'limited';
  return 'all';
}

/** Sec-GPC and DNT have one value that means yes; anything else is no wish (W3C GPC §3, Tracking Preference Expression §5). */
export function hasSignal(headers: { readonly secGpc?: string | undefined; readonly dnt?: string | undefined }): boolean {
  return headers.secGpc === '1' || headers.dnt === '1';
}
