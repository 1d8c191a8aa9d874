import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Knock } from './visitor/gate.ts';
import { SharedTexts } from './visitor/shared-texts.ts';
import { addressHash, clientAddress, isTrustedPeer, type Resolved, resolveAddress, type Trust } from './address.ts';
import { ProxyWatch } from './proxy-watch.ts';

export type Header = (name: string) => string | undefined;
type Asking = Omit<Knock, 'siteKey' | 'version'>;

/** What may be known of who asks, from a request's own peer and headers. */
export class Callers {
  readonly #trust: Trust;
  readonly #key: string;
  readonly #publicUrl: string;
  readonly #texts = new SharedTexts();
  readonly proxyWatch = new ProxyWatch();

  /** `publicUrl`: origin without a slash at the end, or ''. */
  constructor(trust: Trust, addressKey: string, publicUrl = '') {
    this.#trust = trust;
    this.#key = addressKey;
    this.#publicUrl = publicUrl;
  }

  /** Of a new connection or long-poll session. */
  knock(remoteAddress: string, header: Header): Asking {
    const isForwarded = header('x-forwarded-for') !== undefined;
    this.proxyWatch.note({ remoteAddress, isForwarded, isTrusted: isTrustedPeer(remoteAddress, this.#trust) });
    return this.read(remoteAddress, header);
  }

  /** The same of a request that is no visitor's. */
  read(remoteAddress: string, header: Header): Asking {
    const address = clientAddress({ remoteAddress, forwardedFor: header('x-forwarded-for') }, this.#trust);
    const origin = header('origin') ?? null;
    return {
      origin,
      ...(origin !== null && this.#isOwn(origin, header('host')) ? { isOwnPage: true } : {}),
      address,
      addressHash: addressHash(this.#key, address),
      userAgent: this.#texts.one(header('user-agent') ?? ''),
      acceptLanguage: this.#texts.one(header('accept-language') ?? ''),
      secGpc: header('sec-gpc'),
      dnt: header('dnt'),
    };
  }

  /** As REST tells it (http/same-origin.ts): the scheme is not compared, a proxy may have taken the TLS away. */
  #isOwn(origin: string, host: string | undefined): boolean {
    return origin === this.#publicUrl || (URL.canParse(origin) && new URL(origin).host === host);
  }

  /** The way to the address, for its owner to see. */
  resolve(remoteAddress: string, header: Header): Resolved {
    return resolveAddress({ remoteAddress, forwardedFor: header('x-forwarded-for') }, this.#trust);
  }

  addressHashOf(remoteAddress: string, forwardedFor: string | undefined): string {
    return this.whoIs(remoteAddress, forwardedFor).addressHash;
  }

  whoIs(remoteAddress: string, forwardedFor: string | undefined): { address: string; addressHash: string } {
    const address = clientAddress({ remoteAddress, forwardedFor }, this.#trust);
    return { address, addressHash: addressHash(this.#key, address) };
  }
}

export function headersOf(request: Pick<IncomingMessage, 'headers'>): (name: string) => string | undefined {
  return (name) => {
    const value = request.headers[name];
    return Array.isArray(value) ? value.join(', ') : value;
  };
}

/** Answers an upgrade that no socket takes. */
export function refuseUpgrade(
  socket: Duplex,
  status: '400 Bad Request' | '401 Unauthorized' | '403 Forbidden' | '404 Not Found' | '503 Service Unavailable',
): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
