/** Web push messages that only the browser can read (RFC 8291), as one record of `aes128gcm` (RFC 8188). */
import { createCipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';

const CURVE = 'prime256v1';
/** Uncompressed point of P-256, 16 bytes of secret: anything else is no subscription. */
const POINT_BYTES = 65;
const AUTH_BYTES = 16;
const SALT_BYTES = 16;
const TAG_BYTES = 16;
/** One record is the whole message. What RFC 8291 allows every push service to refuse begins above 4,096 bytes of body. */
const RECORD_BYTES = 4_096;
/** Header (salt, record size, key length, key), tag and the delimiter leave this much of one record. */
export const MOST_PUSH_BYTES = RECORD_BYTES - (SALT_BYTES + 4 + 1 + POINT_BYTES) - TAG_BYTES - 1;
/** Last record: nothing follows. */
const LAST = 2;

export interface PushKeys {
  /** The browser's public key and secret, base64url, as PushSubscription has them. */
  readonly p256dh: string;
  readonly auth: string;
}

/** Whether a browser's keys are some at all: a point on the curve, and 16 bytes. */
export function arePushKeys({ p256dh, auth }: PushKeys): boolean {
  if (Buffer.from(auth, 'base64url').length !== AUTH_BYTES) return false;
  try {
    const own = createECDH(CURVE);
    own.generateKeys();
    const point = Buffer.from(p256dh, 'base64url');
    return point.length === POINT_BYTES && own.computeSecret(point).length === 32;
  } catch {
    return false;
  }
}

/**
 * The body of a push request. `own`, `salt`: made anew for each message; given only by tests, which have the RFC's.
 * Throws when the text is longer than `MOST_PUSH_BYTES` or the keys are none.
 */
export function encryptPush(
  text: string,
  keys: PushKeys,
  { privateKey, salt = randomBytes(SALT_BYTES) }: { privateKey?: Buffer; salt?: Buffer } = {},
): Buffer {
  const plain = Buffer.from(text);
  if (plain.length > MOST_PUSH_BYTES) throw new RangeError(`a push has at most ${MOST_PUSH_BYTES} bytes, this one ${plain.length}`);
  const own = createECDH(CURVE);
  if (privateKey) own.setPrivateKey(privateKey);
  else own.generateKeys();
  const ownPublic = own.getPublicKey();
  const theirPublic = Buffer.from(keys.p256dh, 'base64url');
  const shared = own.computeSecret(theirPublic);

  const info = Buffer.concat([Buffer.from('WebPush: info\0'), theirPublic, ownPublic]);
  const material = derive(shared, Buffer.from(keys.auth, 'base64url'), info, 32);
  const key = derive(material, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
  const nonce = derive(material, salt, Buffer.from('Content-Encoding: nonce\0'), 12);

  const cipher = createCipheriv('aes-128-gcm', key, nonce);
  const sealed = Buffer.concat([cipher.update(plain), cipher.update(Buffer.of(LAST)), cipher.final(), cipher.getAuthTag()]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(RECORD_BYTES);
  return Buffer.concat([salt, size, Buffer.of(ownPublic.length), ownPublic, sealed]);
}

const derive = (material: Buffer, salt: Buffer, info: Buffer, bytes: number): Buffer =>
  Buffer.from(hkdfSync('sha256', material, salt, info, bytes));
