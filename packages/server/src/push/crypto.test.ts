import { createECDH, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { arePushKeys, encryptPush, MOST_PUSH_BYTES } from './encrypt.ts';
import { checkVapid, decrypt } from './push.testkit.ts';
import { newVapidKey, Vapid } from './vapid.ts';

/** RFC 8291, section 5 and appendix A. */
const RFC = {
  plain: 'When I grow up, I want to be a watermelon',
  receiverPublic: 'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
  receiverPrivate: 'q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94',
  auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  senderPrivate: 'yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw',
  salt: 'DGv6ra1nlYgDCS1FRnbzlw',
  body:
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_' +
    'yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
};
const bytes = (text: string): Buffer => Buffer.from(text, 'base64url');
const keys = { p256dh: RFC.receiverPublic, auth: RFC.auth };

describe('what is pushed', () => {
  it('[PU1] is encrypted as RFC 8291 does its example', () => {
    const body = encryptPush(RFC.plain, keys, { privateKey: bytes(RFC.senderPrivate), salt: bytes(RFC.salt) });
    expect(body.toString('base64url')).toBe(RFC.body);
  });

  it('[PU1] is read by the browser whose keys it is for, and never twice the same', () => {
    const browser = createECDH('prime256v1');
    browser.setPrivateKey(bytes(RFC.receiverPrivate));
    const two = [encryptPush('Grüße 👋', keys), encryptPush('Grüße 👋', keys)];
    expect(two.map((body) => decrypt(body, browser, bytes(RFC.auth)))).toEqual(['Grüße 👋', 'Grüße 👋']);
    expect(two[0]!.equals(two[1]!)).toBe(false);
    two[0]![100]! ^= 1;
    expect(() => decrypt(two[0]!, browser, bytes(RFC.auth))).toThrow();
  });

  it('[PU1] fits one record of 4,096 bytes, or is refused', () => {
    expect(encryptPush('x'.repeat(MOST_PUSH_BYTES), keys)).toHaveLength(4_096);
    expect(() => encryptPush('x'.repeat(MOST_PUSH_BYTES + 1), keys)).toThrow(RangeError);
  });

  it.each([
    [
      'a point that is not on the curve',
      { p256dh: Buffer.concat([Buffer.of(4), Buffer.alloc(64, 1)]).toString('base64url'), auth: RFC.auth },
    ],
    ['a compressed point', { p256dh: bytes(RFC.receiverPublic).subarray(0, 33).toString('base64url'), auth: RFC.auth }],
    ['a short secret', { ...keys, auth: randomBytes(15).toString('base64url') }],
    ['nothing', { p256dh: '', auth: '' }],
  ])('[PU2] keys that are none are not kept: %s', (_, given) => {
    expect(arePushKeys(given)).toBe(false);
    expect(arePushKeys(keys)).toBe(true);
  });
});

describe('who pushes', () => {
  const NOW = Date.UTC(2026, 2, 10);

  it('[PU3] the check of these tests accepts the example of RFC 8292 and no other origin, time or key', () => {
    const token =
      'eyJ0eXAiOiJKV1QiLCJhbGciOiJFUzI1NiJ9.eyJhdWQiOiJodHRwczovL3B1c2guZXhhbXBsZS5uZXQiLCJleHAiOjE0NTM1MjM3NjgsInN1YiI6Im1haWx0bzpwdXNoQGV4YW1wbGUuY29tIn0.i3CYb7t4xfxCDquptFOepC9GAu_HLGkMlMuCGSK2rpiUfnK9ojFwDXb1JrErtmysazNjjvW2L9OkSSHzvoD1oA';
    const key = 'BA1Hxzyi1RUM1b5wjxsn7nGxAszw2u61m164i3MrAIxHF6YK5h4SDYic-dRuU_RCPCfA5aq9ojSwk5Y2EmClBPs';
    const header = `vapid t=${token}, k=${key}`;
    const then = { origin: 'https://push.example.net', now: 1_453_523_768_000 - 3_600_000 };
    expect(checkVapid(header, then).ok).toBe(true);
    expect(checkVapid(header, { ...then, origin: 'https://push.example.org' }).ok).toBe(false);
    expect(checkVapid(header, { ...then, now: then.now + 2 * 3_600_000 }).ok).toBe(false);
    expect(checkVapid(header.replace('i3CYb7', 'i3CYb8'), then).ok).toBe(false);
  });

  it('[PU3] is signed for the push service, for half a day, with the key that browsers subscribed with', () => {
    const vapid = new Vapid(newVapidKey(), 'https://foyer.example');
    const { ok, claims, key } = checkVapid(vapid.authorization('https://push.example.net/x/y?z', NOW), {
      origin: 'https://push.example.net',
      now: NOW,
    });
    expect([ok, key]).toEqual([true, vapid.publicKey]);
    expect(claims).toEqual({ aud: 'https://push.example.net', exp: NOW / 1000 + 43_200, sub: 'https://foyer.example' });
    expect(bytes(vapid.publicKey)).toHaveLength(65);
  });

  it('[PU3] the token is made once for a service, and anew before it ends', () => {
    const vapid = new Vapid(newVapidKey(), 'mailto:a@example.com');
    const at = (hours: number) => vapid.authorization('https://push.example.net/a', NOW + hours * 3_600_000);
    const first = at(0);
    expect(at(10)).toBe(first);
    const second = at(11.5);
    expect(second).not.toBe(first);
    expect(checkVapid(second, { origin: 'https://push.example.net', now: NOW + 12 * 3_600_000 }).ok).toBe(true);
  });

  it('[PU3] the same secret gives the same key, also one that begins with zeros', () => {
    const secret = Buffer.concat([Buffer.alloc(2), randomBytes(30)]).toString('base64url');
    expect(new Vapid(secret, 'mailto:a@example.com').publicKey).toBe(new Vapid(secret, 'mailto:b@example.com').publicKey);
    for (let i = 0; i < 50; i++) expect(bytes(newVapidKey())).toHaveLength(32);
  });
});
