import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { PushBody, PushMessage } from '@foyer/protocol';

/** Of localhost, signed by itself, good for a hundred years, and for nothing else. */
export const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBpzCCAUygAwIBAgIUMfMUS26vPQiltfM9kd60/CfGIxMwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJcHVzaC50ZXN0MCAXDTI2MTEyMTEwNDgzNFoYDzIxMjYxMDI4
MTA0ODM0WjAUMRIwEAYDVQQDDAlwdXNoLnRlc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAASHSnjzg1NYKf8UYpTUwvIdx8i2JHZCdw5ZPr5fdZ6HRMoZ8zcXeYOG
hCOgrASK8AKC2WaHQjwW9bE7wK4trhHQo3oweDAdBgNVHQ4EFgQUu7i5WN/+oam8
D8Z5be29PbkqmgcwHwYDVR0jBBgwFoAUu7i5WN/+oam8D8Z5be29PbkqmgcwDwYD
VR0TAQH/BAUwAwEB/zAlBgNVHREEHjAcgglsb2NhbGhvc3SCCXB1c2gudGVzdIcE
fwAAATAKBggqhkjOPQQDAgNJADBGAiEAktJ7WD3kEGYa178IVHrNGIRwVXZi9dUi
pzzmK8iYhJECIQCMl3Y48quCj9j7ycfpKzQbfuQ57o2hQC9SrVaLdNq5Gg==
-----END CERTIFICATE-----`;
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgw1px4wuHAwkxVrij
WyFH5Pg8ADw77gRdePfVYRkUfxChRANCAASHSnjzg1NYKf8UYpTUwvIdx8i2JHZC
dw5ZPr5fdZ6HRMoZ8zcXeYOGhCOgrASK8AKC2WaHQjwW9bE7wK4trhHQ
-----END PRIVATE KEY-----`;

/** A browser's side of a subscription: it alone can read what is pushed. */
export class FakeBrowser {
  readonly #pair = createECDH('prime256v1');
  readonly #auth = randomBytes(16);
  constructor() {
    this.#pair.generateKeys();
  }
  subscription(endpoint: string, over: Partial<PushBody> = {}): PushBody {
    const keys = { p256dh: this.#pair.getPublicKey('base64url'), auth: this.#auth.toString('base64url') };
    return { endpoint, keys, label: 'Test', lang: 'en', ...over };
  }
  read(body: Buffer): PushMessage {
    return JSON.parse(decrypt(body, this.#pair, this.#auth)) as PushMessage;
  }
}

/** RFC 8291 from the other end, written by itself so that a mistake is not made twice. */
export function decrypt(body: Buffer, pair: ReturnType<typeof createECDH>, auth: Buffer): string {
  const salt = body.subarray(0, 16);
  const length = body[20]!;
  const sender = body.subarray(21, 21 + length);
  const sealed = body.subarray(21 + length);
  const hkdf = (ikm: Buffer, by: Buffer, info: string | Buffer, n: number) => Buffer.from(hkdfSync('sha256', ikm, by, info, n));
  const ikm = hkdf(pair.computeSecret(sender), auth, Buffer.concat([Buffer.from('WebPush: info\0'), pair.getPublicKey(), sender]), 32);
  const cipher = createDecipheriv(
    'aes-128-gcm',
    hkdf(ikm, salt, 'Content-Encoding: aes128gcm\0', 16),
    hkdf(ikm, salt, 'Content-Encoding: nonce\0', 12),
  );
  cipher.setAuthTag(sealed.subarray(-16));
  const plain = Buffer.concat([cipher.update(sealed.subarray(0, -16)), cipher.final()]);
  if (plain.at(-1) !== 2) throw new Error('not the last record');
  return plain.subarray(0, -1).toString();
}

/** Whether an `Authorization` header is right for this origin, as RFC 8292 has it. */
export function checkVapid(
  header: string,
  q: { origin: string; now: number },
): { claims: Record<string, unknown>; ok: boolean; key: string } {
  const [, head = '', claims = '', signature = '', key = ''] = /^vapid t=([^.]+)\.([^.]+)\.([^,]+), ?k=(.+)$/.exec(header) ?? [];
  const point = Buffer.from(key, 'base64url');
  const jwk = { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') };
  const isSigned = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  );
  const said = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { aud: string; exp: number };
  const inTime = said.exp * 1000 > q.now && said.exp * 1000 <= q.now + 24 * 3_600_000;
  return { claims: { ...said }, ok: isSigned && said.aud === q.origin && inTime, key };
}

export interface Pushed {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}
/** A real push service on this machine, over https. */
export async function aPushService() {
  const pushed: Pushed[] = [];
  const service = {
    pushed,
    answer: { status: 201, headers: {} as Record<string, string> },
    port: 0,
    origin: '',
    close: () => Promise.resolve(),
  };
  const server = createServer({ key: KEY, cert: CERTIFICATE }, (request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      pushed.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(parts) });
      response.writeHead(service.answer.status, service.answer.headers).end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  service.port = (server.address() as AddressInfo).port;
  service.origin = `https://127.0.0.1:${service.port}`;
  service.close = () => new Promise((closed) => server.close(() => closed()));
  return service;
}
