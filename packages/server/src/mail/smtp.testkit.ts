import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface Received {
  readonly to: readonly string[];
  readonly from: string;
  /** Unfolded, decoded; the first of each name, in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly raw: string;
  readonly text: string;
  readonly html: string;
  readonly secure: boolean;
  readonly user: string;
}
export interface Postbox {
  readonly port: number;
  readonly received: Received[];
  /** Answers with this instead of taking the next mails; null: takes them. */
  refuse: { at: 'rcpt' | 'data' | 'connect'; code: number; message: string } | null;
  close(): Promise<void>;
}

/** A real SMTP server on this machine that keeps what it gets. */
export async function aPostbox(options: SMTPServerOptions = {}): Promise<Postbox> {
  const received: Received[] = [];
  const refusal = (at: 'rcpt' | 'data' | 'connect'): Error | null =>
    box.refuse?.at === at ? Object.assign(new Error(box.refuse.message), { responseCode: box.refuse.code }) : null;
  const server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    disabledCommands: ['STARTTLS'],
    onConnect: (_, done) => done(refusal('connect')),
    onRcptTo: (_, __, done) => done(refusal('rcpt')),
    onAuth: ({ username = '', password }, _, done) =>
      password === 'right' ? done(null, { user: username }) : done(new Error('Invalid user or password')),
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const refused = refusal('data');
        if (refused) return done(refused);
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          ...read(Buffer.concat(parts).toString('latin1')),
          to: rcptTo.map(({ address }) => address),
          from: mailFrom === false ? '' : mailFrom.address,
          secure: session.secure,
          user: typeof session.user === 'string' ? session.user : '',
        });
        done();
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', () => listening()));
  const box: Postbox = {
    port: (server.server.address() as AddressInfo).port,
    received,
    refuse: null,
    close: () => new Promise((closed) => server.close(() => closed())),
  };
  return box;
}

function read(raw: string): Pick<Received, 'headers' | 'raw' | 'text' | 'html'> {
  const { headers, body } = split(raw);
  const boundary = /boundary="([^"]+)"/.exec(headers.get('content-type') ?? '')?.[1];
  const parts = boundary === undefined ? [raw] : body.split(`--${boundary}`).slice(1, -1);
  const said = (type: string): string => {
    for (const part of parts) {
      const one = split(part.replace(/^\r\n/, ''));
      if (!(one.headers.get('content-type') ?? '').startsWith(type)) continue;
      return decode(one.body, one.headers.get('content-transfer-encoding') ?? '').replace(/\r\n/g, '\n');
    }
    return '';
  };
  return { headers, raw, text: said('text/plain'), html: said('text/html') };
}

function split(text: string): { headers: Map<string, string>; body: string } {
  const end = text.indexOf('\r\n\r\n');
  const headers = new Map<string, string>();
  for (const line of text
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')) {
    const [, name = '', value = ''] = /^([^:]+):\s*(.*)$/.exec(line) ?? [];
    if (!headers.has(name.toLowerCase())) headers.set(name.toLowerCase(), words(value));
  }
  return { headers, body: text.slice(end + 4) };
}

/** RFC 2047. */
const words = (value: string): string =>
  value.replace(/\?=\s+=\?/g, '?==?').replace(/(?:=\?utf-8\?[qb]\?[^?]*\?=)+/gi, (run) => {
    const bytes = [...run.matchAll(/=\?utf-8\?([qb])\?([^?]*)\?=/gi)].map(([, how = '', said = '']) =>
      how.toLowerCase() === 'b' ? Buffer.from(said, 'base64') : quoted(said.replaceAll('_', ' ')),
    );
    return Buffer.concat(bytes).toString();
  });

function decode(body: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString();
  return encoding === 'quoted-printable' ? quoted(body.replace(/=\r\n/g, '')).toString() : Buffer.from(body, 'latin1').toString();
}
const quoted = (text: string): Buffer =>
  Buffer.from(
    text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
