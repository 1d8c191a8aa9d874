import { containsFullAddress } from '@foyer/domain/privacy';
import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createLog, type LogOptions } from './log.ts';

function written(level: LogOptions['level'], say: (log: ReturnType<typeof createLog>) => void): string[] {
  const lines: string[] = [];
  const destination = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  say(createLog({ level, destination }));
  return lines;
}
const line = (say: (log: ReturnType<typeof createLog>) => void): string => written('trace', say).join('');

const ADDRESSES = ['203.0.113.77', '2001:db8:1:2:3:4:5:6', '198.51.100.9'];
const [V4 = '', V6 = '', OTHER = ''] = ADDRESSES;
const SECRET = 'k3Jx0v-9aQ_Zz1mN7cW2pLr8sTb4uYe6gHi5oDfXqVw';

describe('log lines', () => {
  it.each<[string, (log: ReturnType<typeof createLog>) => void]>([
    ['a message', (log) => log.info(`from ${V4}, [${V6}]:443 and ::ffff:${OTHER}`)],
    ['a field', (log) => log.info({ ip: V4, peer: { address: V6, list: [OTHER] } }, 'x')],
    ['a key', (log) => log.info({ [V4]: 1 }, 'x')],
    ['an argument', (log) => log.info('from %s and %j', V4, { a: V6 })],
    [
      'an error',
      (log) =>
        log.error({ err: Object.assign(new Error(`connect ECONNREFUSED ${V4}:5432`, { cause: new Error(V6) }), { address: OTHER }) }, 'x'),
    ],
    ['a child’s field', (log) => log.child({ peer: V6 }).warn({ forwarded: `${V4}, ${OTHER}` }, 'x')],
    ['a URL', (log) => log.info({ url: `https://x.test/?a=${V4}&b=${encodeURI(V6)}` }, 'x')],
  ])('[PV6] no full address in %s', (_, say) => {
    expect(containsFullAddress(line(say), ADDRESSES)).toEqual([]);
  });

  it.each<[string, (log: ReturnType<typeof createLog>) => void]>([
    ['a cookie header', (log) => log.info({ headers: { cookie: `foyer_session=${SECRET}; a=b`, 'set-cookie': `x=${SECRET}` } }, 'x')],
    ['a cookie in a message', (log) => log.info(`Cookie: foyer_session=${SECRET}`)],
    ['an authorization header', (log) => log.info({ authorization: `Bearer ${SECRET}` }, 'x')],
    ['credentials in a message', (log) => log.info(`said Bearer ${SECRET} and Basic ${SECRET}==`)],
    [
      'fields by their names',
      (log) =>
        log.info(
          { token: SECRET, resumeToken: SECRET, visitorSecret: SECRET, password: `a "${SECRET}" \\`, apiKey: SECRET, resume: SECRET },
          'x',
        ),
    ],
    ['a one-time link', (log) => log.info(`open http://localhost:8080/setup#token=${SECRET}`)],
    ['an error', (log) => log.error({ err: new Error(`bad password=${SECRET}`) }, 'x')],
  ])('[PV6] no secret in %s', (_, say) => {
    expect(line(say)).not.toContain(SECRET);
  });

  it('[PV6] the network stays, so that an operator can still see where trouble comes from', () => {
    expect(line((log) => log.info(`from ${V4} and ${V6}`))).toContain('from 203.0.113.0 and 2001:db8:1::');
  });

  it('[PV6] a scrubbed line is still JSON with level, time and message, and what is nobody’s stays', () => {
    const text = line((log) =>
      log.warn({ port: 8080, version: '24.21.0', password: '\\"' }, 'listening on 127.0.0.1:8080 and [::1]:8080, "quoted" 12:30:45'),
    );
    expect(JSON.parse(text)).toEqual({
      level: 'warn',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      port: 8080,
      version: '24.21.0',
      password: '…',
      msg: 'listening on 127.0.0.1:8080 and [::1]:8080, "quoted" 12:30:45',
    });
  });

  it('[PV7] lines below the level are not written', () => {
    const say = (log: ReturnType<typeof createLog>): void => {
      log.debug('a');
      log.info('b');
      log.error('c');
    };
    expect(written('info', say)).toHaveLength(2);
    expect(written('silent', say)).toHaveLength(0);
  });
});
