import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Knock } from './visitor/gate.ts';
import { SharedTexts } from './visitor/shared-texts.ts';
import { addressHash, clientAddress, isTrustedPeer, type Trust } from './address.ts';
import { ProxyWatch } from './proxy-watch.ts';

/** What may be known of who asks, from a request's own peer and headers. */
export class Callers {
  readonly #trust: Trust;
  readonly #key: string;
  readonly #texts = new SharedTexts();
  readonly proxyWatch = new ProxyWatch();

  constructor(trust: Trust, addressKey: string) {
    this.#trust = trust;
    this.#key = addressKey;
  }

  knock(remoteAddress: string, header: (name: string) => string | undefined): Omit<Knock, 'siteKey' | 'version'> {
    const forwardedFor = header('x-forwarded-for');
    const address = clientAddress({ remoteAddress, forwardedFor }, this.#trust);
    this.proxyWatch.note({ remoteAddress, isForwarded: forwardedFor !== undefined, isTrusted: isTrustedPeer(remoteAddress, this.#trust) });
    return {
      origin: header('origin') ?? null,
      address,
      addressHash: addressHash(this.#key, address),
      userAgent: this.#texts.one(header('user-agent') ?? ''),
      acceptLanguage: this.#texts.one(header('accept-language') ?? ''),
      secGpc: header('sec-gpc'),
      dnt: header('dnt'),
    };
  }

  addressHashOf(remoteAddress: string, forwardedFor: string | undefined): string {
    return addressHash(this.#key, clientAddress({ remoteAddress, forwardedFor }, this.#trust));
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
