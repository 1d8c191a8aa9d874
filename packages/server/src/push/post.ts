/** The way out to push services: addresses that browsers, and whoever says to be one, have named. */
import { lookup as askDns } from 'node:dns';
import { request } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Clock } from '../ports/clock.ts';
import { isPublicAddress } from './public-address.ts';

export interface PushRequest {
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}
export interface PushAnswer {
  readonly status: number;
  /** When to come back, if the service says so; 0: it does not. */
  readonly retryAfterMs: number;
}
/** Rejects when there was no answer: no way, no certificate, no time, or an address that may not be asked. */
export type PostPush = (push: PushRequest) => Promise<PushAnswer>;

const ANSWER_WITHIN_MS = 10_000;

/** A host that is no address of its own inside: public numbers, and names, which are looked at when they have been resolved. */
export function isPushEndpoint(endpoint: string, mayAsk: (address: string) => boolean = isPublicAddress): boolean {
  const url = URL.parse(endpoint);
  if (!url || url.protocol !== 'https:' || url.username !== '' || url.password !== '') return false;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return isIP(host) === 0 ? host !== 'localhost' && host.includes('.') : mayAsk(host);
}

/**
 * POSTs over https, to public addresses only: the name is resolved once, every address it has is looked at, and one of those is connected
 * to, so that a name which changes its mind in between (DNS rebinding) gains nothing. Redirects are not followed. What the service
 * writes is not read.
 * `mayAsk`, `resolve`, `ca`: for tests, whose service is on this machine with a certificate of its own.
 */
export function postOverHttps(options: {
  clock: Clock;
  mayAsk?: (address: string) => boolean;
  resolve?: typeof askDns;
  ca?: string;
}): PostPush {
  const { clock, mayAsk = isPublicAddress, resolve = askDns, ca } = options;
  const lookup: LookupFunction = (host, asked, answer) => {
    resolve(host, { ...asked, all: true }, (failure, found) => {
      if (failure) return answer(failure, '', 0);
      const refused = found.find(({ address }) => !mayAsk(address));
      const [first] = found;
      if (refused || !first) return answer(new Error(`${host} is not on the public internet`), '', 0);
      if (asked.all) answer(null, found);
      else answer(null, first.address, first.family);
    });
  };
  return ({ endpoint, headers, body }) =>
    new Promise((done, fail) => {
      if (!isPushEndpoint(endpoint, mayAsk)) return fail(new Error('not a public https address'));
      const sent = request(
        endpoint,
        { method: 'POST', headers: { ...headers, 'content-length': String(body.length) }, lookup, agent: false, ...(ca ? { ca } : {}) },
        (response) => {
          cancel();
          done({ status: response.statusCode ?? 0, retryAfterMs: waitOf(response.headers['retry-after'], clock.now()) });
          response.destroy();
        },
      );
      const cancel = clock.setTimeout(() => sent.destroy(new Error(`no answer within ${ANSWER_WITHIN_MS / 1000} s`)), ANSWER_WITHIN_MS);
      sent.on('error', (failure) => {
        cancel();
        fail(failure);
      });
      sent.end(body);
    });
}

/** Seconds, or a date. */
function waitOf(header: string | undefined, now: number): number {
  if (header === undefined) return 0;
  const ms = /^\d{1,9}$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.max(0, ms) : 0;
}
