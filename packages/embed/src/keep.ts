import { safe, site } from './env.ts';

/** 13 months from the writing. Nobody writes what stands there already, so visits do not prolong it. */
const MAX_AGE_S = 34_164_000;

/**
 * The one value this browser keeps for the site: consent ('g' granted, 'd' denied, 'n' not asked), then the visitor's secret.
 * In a first-party cookie on the widest domain that accepts it, so www. and shop. know the same visitor; else in localStorage;
 * where both are blocked, in the caller's memory.
 */
const name = `foyer_${site}`;

type Area = 'localStorage' | 'sessionStorage';
export const get = safe((area: Area) => window[area][name] as string | undefined);
export const put = safe((area: Area, value: string | undefined) => {
  if (value) window[area][name] = value;
  else delete window[area][name];
});

const readCookie = safe(() => `; ${document.cookie}`.split(`; ${name}=`)[1]!.split(';')[0]);
export const readKept = (): string => readCookie() || get('localStorage') || '';

/** '' deletes it, wherever it is. */
export const writeKept = safe((value: string) => {
  let domain = '';
  // From the top: browsers refuse a public suffix. A value stops at the first that takes it; '' goes to every one that may have it.
  for (const label of location.hostname.split('.').reverse()) {
    domain = `.${label}${domain}`;
    // Only https: has a sixth character.
    if (!value || readCookie() !== value)
      document.cookie = `${name}=${value};path=/;samesite=lax;max-age=${value ? MAX_AGE_S : 0};domain=${domain}${location.protocol[5] ? ';secure' : ''}`;
  }
  put('localStorage', readCookie() ? '' : value);
});
