/**
 * Files of one folder, in memory with their compressed forms. A file is read again when its size or time has changed, so a
 * build that runs beside the server shows at once. Cost: one `lstat` a request; compression once a file and encoding.
 */
import { createHash } from 'node:crypto';
import { lstat, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.map': 'application/json',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};
const COMPRESSED = new Set(['.html', '.js', '.mjs', '.css', '.json', '.webmanifest', '.svg', '.txt', '.map']);
/** Below one packet the header costs more than the saving. */
const MIN_COMPRESSED_BYTES = 600;
/** 9 of 11: within 3 % of the best size at a tenth of its time, and it is spent while a browser waits. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

/** Segments of letters, digits and `-_.~@+`, none beginning with a dot: so neither `..`, nor hidden files, nor another drive. */
const SAFE_PATH = /^[\w~@+-][\w.~@+-]*(\/[\w~@+-][\w.~@+-]*)*$/;

type Encoding = 'br' | 'gzip';
interface File {
  readonly stamp: string;
  readonly type: string;
  readonly etag: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly compresses: boolean;
  readonly encoded: Map<Encoding, Promise<Uint8Array<ArrayBuffer>>>;
}

export class Assets {
  readonly #folder: string;
  readonly #files = new Map<string, File>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** `path`: below the folder, without a slash in front. null: no such file. Answers 304 for the tag that was sent. */
  async respond(request: Request, path: string, headers: Readonly<Record<string, string>>): Promise<Response | null> {
    const file = SAFE_PATH.test(path) ? await this.#file(path) : null;
    if (file === null) return null;
    const all = new Headers(headers);
    all.set('etag', file.etag);
    all.set('x-content-type-options', 'nosniff');
    if (file.compresses) all.append('vary', 'accept-encoding');
    if (tagsOf(request).includes(file.etag)) return new Response(null, { status: 304, headers: all });

    all.set('content-type', file.type);
    const encoding = file.compresses ? encodingOf(request) : null;
    if (encoding !== null) all.set('content-encoding', encoding);
    const bytes = encoding === null ? file.bytes : await encodedAs(file, encoding);
    all.set('content-length', String(bytes.byteLength));
    return new Response(bytes, { headers: all });
  }

  async #file(path: string): Promise<File | null> {
    const full = join(this.#folder, path);
    const found = await lstat(full).catch(() => null);
    if (found === null || !found.isFile()) {
      this.#files.delete(path);
      return null;
    }
    const stamp = `${found.size} ${found.mtimeMs}`;
    const known = this.#files.get(path);
    if (known?.stamp === stamp) return known;
    const bytes = new Uint8Array(await readFile(full));
    const extension = extname(path);
    const file: File = {
      stamp,
      bytes,
      type: TYPES[extension] ?? 'application/octet-stream',
      // Weak, because each encoding of the file has the same one.
      etag: `W/"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
      compresses: COMPRESSED.has(extension) && bytes.byteLength >= MIN_COMPRESSED_BYTES,
      encoded: new Map(),
    };
    this.#files.set(path, file);
    return file;
  }
}

function encodedAs(file: File, encoding: Encoding): Promise<Uint8Array<ArrayBuffer>> {
  const known = file.encoded.get(encoding);
  if (known !== undefined) return known;
  const made = (encoding === 'br' ? promisify(brotliCompress)(file.bytes, BROTLI) : promisify(gzip)(file.bytes, { level: 9 })).then(
    (buffer) => new Uint8Array(buffer),
  );
  file.encoded.set(encoding, made);
  return made;
}

function encodingOf(request: Request): Encoding | null {
  const accepted = (request.headers.get('accept-encoding') ?? '')
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter((part) => !/;\s*q=0(\.0*)?$/.test(part))
    .map((part) => part.split(';')[0]?.trim());
  if (accepted.includes('br')) return 'br';
  return accepted.includes('gzip') ? 'gzip' : null;
}

function tagsOf(request: Request): string[] {
  return (request.headers.get('if-none-match') ?? '').split(',').map((tag) => tag.trim());
}
