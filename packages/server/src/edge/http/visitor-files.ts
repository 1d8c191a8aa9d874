/** Files of conversations, as visitors' pages send and read them. Open to every origin that the site allows; what is not signed is not there. */
import type { Hono } from 'hono';
import { CHAT_LIMITS } from '@foyer/protocol';
import { isRaster } from '../../files/file-type.ts';
import type { FileRecord } from '../../ports/chat-store.ts';
import { originAllowed } from '../../team/origins.ts';
import { KeyedBuckets, READS_PER_ADDRESS, UPLOADED_PER_ADDRESS, UPLOADS_PER_ADDRESS, UPLOADS_PER_VISITOR } from '../rate-limits.ts';
import type { HttpDeps } from './deps.ts';
import type { Failures } from './failures.ts';
import { byteRange } from './byte-range.ts';
import { takeFile, UploadQuota } from './file-answers.ts';
import { REFUSALS, refuse, type Refusal, refusalResponse, type Reply } from './replies.ts';
import { remoteAddressOf } from './remote-address.ts';
import { isSameOrigin } from './same-origin.ts';

const CORS = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' };
const BLOCKED = refuse(403, 'blocked', 'Files from here are not taken.');
/** A new one comes with each `chat.you`. */
const BAD_TICKET = refuse(403, 'bad_ticket', 'The upload could not be recognised. Reload the page and try again.');
const slowDown = (retryAfterMs: number): Refusal =>
  refuse(429, 'too_fast', 'Too many files at once. Try again in a moment.', { retryAfterMs });
/** The address is signed and the content never changes. No script, no plug-in, no cookies, whatever a browser takes it for. */
const FILE_HEADERS = {
  ...CORS,
  'cache-control': 'private, max-age=86400, immutable',
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
} as const;

export function visitorFileRoutes(app: Hono, deps: HttpDeps, failures: Failures): void {
  const { chat, chats, files, clock, directory, config } = deps;
  const perVisitor = new KeyedBuckets(UPLOADS_PER_VISITOR);
  const perAddress = new KeyedBuckets(UPLOADS_PER_ADDRESS);
  const quota = new UploadQuota(UPLOADED_PER_ADDRESS, clock);
  const reads = new KeyedBuckets(READS_PER_ADDRESS);

  /** POST ?site=KEY&ticket=…&name=…, the file as the body. */
  async function take(request: Request, remoteAddress: string): Promise<Reply<object> | Refusal> {
    const query = new URL(request.url).searchParams;
    const site = directory.siteByKey(query.get('site') ?? '');
    if (!site) return REFUSALS.notFound;
    const isPlayground = isSameOrigin(request, config.publicUrl) && request.headers.get('origin') !== null;
    if (!isPlayground && !originAllowed(site, request.headers.get('origin'))) return REFUSALS.crossSite;
    const client = deps.client(request, remoteAddress);
    if (directory.isBlocked(site.workspace, client)) return BLOCKED;
    const visitor = chat.readTicket(site.id, query.get('ticket') ?? '');
    if (visitor === null) return BAD_TICKET;
    if (directory.isVisitorBlocked(site.workspace, visitor)) return BLOCKED;
    if (!directory.look(site.id).attachments) return refuse(403, 'no_attachments', 'This site takes no files.');
    const mono = clock.mono();
    const waitMs = perAddress.take(client.addressHash, mono) || perVisitor.take(visitor, mono);
    if (waitMs > 0) return slowDown(waitMs);
    // Cut between characters, not in the middle of one.
    const name = (query.get('name') ?? '').slice(0, 2 * CHAT_LIMITS.fileNameChars).toWellFormed();
    return takeFile(deps, request, { workspace: site.workspace, sender: `visitor:${visitor}`, name, from: client.addressHash, quota });
  }

  app.post(`${config.embedPath}/files`, async (c) => {
    const outcome = await take(c.req.raw, remoteAddressOf(c)).catch((error: unknown) => failures.caught(error, 'POST files'));
    // What is not read of a refused file would hold the connection.
    if (!outcome.ok && c.req.raw.body && !c.req.raw.bodyUsed) await c.req.raw.body.cancel().catch(() => undefined);
    const response = outcome.ok ? Response.json(outcome.body, { status: 201 }) : refusalResponse(outcome);
    for (const [name, value] of Object.entries({ ...CORS, 'cache-control': 'no-store' })) response.headers.set(name, value);
    return response;
  });

  /** GET /:id?c=&e=&s=, with preview=1 in the page. */
  app.get(`${config.embedPath}/files/:id`, async (c) => {
    const { id } = c.req.param();
    const query = c.req.query();
    try {
      const waitMs = reads.take(deps.client(c.req.raw, remoteAddressOf(c)).addressHash, clock.mono());
      if (waitMs > 0) return withCors(slowDown(waitMs));
      const conversation = query['c'] ?? '';
      const isSigned = chat.checkFile({ id, conversation, expires: query['e'] ?? '', signature: query['s'] ?? '' });
      const file = isSigned ? await chats.fileIn({ conversation, id }) : null;
      const stored = file && (await files.read(file.id));
      if (!file || !stored) return withCors(REFUSALS.notFound);
      const etag = `"${file.sha256.slice(0, 32)}"`;
      const headers = {
        ...FILE_HEADERS,
        'content-type': file.type,
        'accept-ranges': 'bytes',
        etag,
        'content-disposition': dispositionOf(file, query['preview'] === '1'),
      };
      // Players leap in films, and phones load no film without it.
      const range = byteRange({ header: c.req.header('range'), ifRange: c.req.header('if-range'), etag, bytes: stored.bytes });
      if (range === 'unsatisfiable')
        return new Response(null, { status: 416, headers: { ...headers, 'content-range': `bytes */${stored.bytes}` } });
      const piece = range ?? { start: 0, end: stored.bytes - 1 };
      return new Response(c.req.method === 'HEAD' ? null : stored.content(piece), {
        status: range ? 206 : 200,
        headers: {
          ...headers,
          'content-length': String(piece.end - piece.start + 1),
          ...(range ? { 'content-range': `bytes ${piece.start}-${piece.end}/${stored.bytes}` } : {}),
        },
      });
    } catch (error) {
      return withCors(failures.caught(error, `GET ${config.embedPath}/files/:id`));
    }
  });
}

/** RFC 6266 and 8187. Without a size it is no picture that anybody should have to draw. */
function dispositionOf({ name, type, width }: FileRecord, isPreview: boolean): string {
  const kind = isPreview && isRaster(type) && width > 0 ? 'inline' : 'attachment';
  const plain = name.replace(/[^ -~]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

function withCors(refusal: Refusal): Response {
  const response = refusalResponse(refusal);
  for (const [name, value] of Object.entries(CORS)) response.headers.set(name, value);
  return response;
}
