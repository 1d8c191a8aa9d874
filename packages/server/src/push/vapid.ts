/** Who sends a push, told to the push service by a signed token (RFC 8292). */
import { createECDH, createPrivateKey, type KeyObject, sign } from 'node:crypto';

/** The RFC allows 24 h; half of it leaves room for clocks that are wrong. */
const GOOD_FOR_MS = 12 * 3_600_000;
/** A token that ends sooner is made anew. */
const RENEW_BEFORE_MS = 3_600_000;
/** Push services are few (each browser maker has one); more hosts than this are somebody's attempt to fill memory. */
const MOST_TOKENS = 200;

/** A private key of P-256 as base64url, to be kept as the installation's secret. */
export function newVapidKey(): string {
  const pair = createECDH('prime256v1');
  pair.generateKeys();
  // Leading zeros are not in the number; a JWK wants all 32 bytes.
  const bytes = Buffer.alloc(32);
  const key = pair.getPrivateKey();
  key.copy(bytes, 32 - key.length);
  return bytes.toString('base64url');
}

/** Signs for one installation. Tokens are kept until shortly before they end: a signature takes 0.1 ms, and services look at many pushes. */
export class Vapid {
  /** What browsers subscribe with: the public key as an uncompressed point, base64url. */
  readonly publicKey: string;
  readonly #key: KeyObject;
  readonly #subject: string;
  readonly #tokens = new Map<string, { token: string; endsAt: number }>();

  /** `subject`: whom the push service may write to about these pushes: `mailto:` or `https://`. */
  constructor(privateKey: string, subject: string) {
    const pair = createECDH('prime256v1');
    pair.setPrivateKey(Buffer.from(privateKey, 'base64url'));
    const point = pair.getPublicKey();
    this.publicKey = point.toString('base64url');
    this.#key = createPrivateKey({
      format: 'jwk',
      key: {
        kty: 'EC',
        crv: 'P-256',
        d: privateKey,
        x: point.subarray(1, 33).toString('base64url'),
        y: point.subarray(33).toString('base64url'),
      },
    });
    this.#subject = subject;
  }

  /** The `Authorization` header of a push to this endpoint. */
  authorization(endpoint: string, now: number): string {
    const { origin } = new URL(endpoint);
    const known = this.#tokens.get(origin);
    if (known && known.endsAt - now > RENEW_BEFORE_MS) return this.#header(known.token);
    const endsAt = now + GOOD_FOR_MS;
    const token = this.#sign({ aud: origin, exp: Math.floor(endsAt / 1000), sub: this.#subject });
    this.#tokens.delete(origin);
    this.#tokens.set(origin, { token, endsAt });
    const [oldest] = this.#tokens.keys();
    if (this.#tokens.size > MOST_TOKENS && oldest !== undefined) this.#tokens.delete(oldest);
    return this.#header(token);
  }

  #header(token: string): string {
    return `vapid t=${token}, k=${this.publicKey}`;
  }

  #sign(claims: object): string {
    const said = `${part({ typ: 'JWT', alg: 'ES256' })}.${part(claims)}`;
    const signature = sign('sha256', Buffer.from(said), { key: this.#key, dsaEncoding: 'ieee-p1363' });
    return `${said}.${signature.toString('base64url')}`;
  }
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
