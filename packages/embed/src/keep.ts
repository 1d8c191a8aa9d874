import { safe, site } from './env.ts';

/**
 * The one value this browser keeps for the site: consent ('g' granted, 'd' denied, 'n' not asked), then the visitor's secret.
 * In a first-party cookie on the widest domain that accepts it, so www. and shop. know the same visitor; else in localStorage;
 * where both are blocked, in the caller's memory.
 */
const name = `foyer_${site}`;

/** 13 months from the writing. Nobody writes what stands there already, so visits do not prolong it. */
const MAX_AGE_S = 34_164_000;

const readCookie = safe(() => `; ${document.cookie}`.split(`; ${name}=`)[1]!.split(';')[0]);
export const readKept = (): string => readCookie() || safe(() => localStorage[name] as string)() || '';

const writeCookie = safe((value: string) => {
  const labels = location.hostname.split('.');
  // From the registrable side; browsers refuse a public suffix. '' must reach every domain that may have one.
  for (let take = 2; take < labels.length + 2 && !(value && readCookie() === value); take++)
    document.cookie = `${name}=${value};path=/;samesite=lax;max-age=${value ? MAX_AGE_S : 0};domain=${labels.slice(-take).join('.')}${location.protocol === 'https:' ? ';secure' : ''}`;
});

const put = (storage: Storage, value: string) => {
  if (value) storage[name] = value;
  else delete storage[name];
};

/** '' deletes it, wherever it is. */
export function writeKept(value: string): void {
  writeCookie(value);
  safe(() => put(localStorage, readCookie() ? '' : value))();
}

/** The resume token lives where a reload finds it; other tabs have the secret. */
export const readResume = safe(() => sessionStorage[name] as string | undefined);
export const writeResume = safe((token: string) => put(sessionStorage, token));
