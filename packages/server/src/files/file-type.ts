/**
 * What a file is, by its content: names and headers say what the sender likes.
 *
 * The list is closed. Nothing a browser would run is in it (HTML, SVG, XML, scripts), and nothing a desktop would (programs, shortcuts).
 */
export interface FileKind {
  readonly type: string;
  /** The first is added to a name that has none of them, so that nothing is opened by a program its content is not for. */
  readonly extensions: readonly string[];
  /** Shown in the page by every browser, decoded and never run. */
  readonly raster?: true;
}

const kind = (type: string, ...extensions: string[]): FileKind => ({ type, extensions });
const raster = (type: string, ...extensions: string[]): FileKind => ({ type, extensions, raster: true });

const ZIP = kind('application/zip', 'zip');
/** Folders in a zip that make it a document of Office Open XML or OpenDocument. */
const IN_ZIP: readonly (readonly [name: RegExp, FileKind])[] = [
  [/^word\//, kind('application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'docx')],
  [/^xl\//, kind('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'xlsx')],
  [/^ppt\//, kind('application/vnd.openxmlformats-officedocument.presentationml.presentation', 'pptx')],
];
/** Documents with macros, programs in a zip. */
const NOT_IN_ZIP = /(^|\/)(vbaProject\.bin|AndroidManifest\.xml|META-INF\/MANIFEST\.MF)$/i;

const TEXT = kind('text/plain', 'txt', 'log', 'md', 'text');
const CSV = kind('text/csv', 'csv');

/** Beginnings, in hexadecimal; `..` any byte. */
const BEGINNINGS: readonly (readonly [pattern: string, FileKind])[] = [
  ['89504e470d0a1a0a', raster('image/png', 'png')],
  ['ffd8ff', raster('image/jpeg', 'jpg', 'jpeg', 'jfif')],
  ['474946383761', raster('image/gif', 'gif')],
  ['474946383961', raster('image/gif', 'gif')],
  ['52494646........57454250', raster('image/webp', 'webp')],
  ['52494646........57415645', kind('audio/wav', 'wav')],
  ['255044462d', kind('application/pdf', 'pdf')],
  ['4f676753', kind('audio/ogg', 'ogg', 'oga', 'opus', 'ogv')],
  ['494433', kind('audio/mpeg', 'mp3')],
  ['fffb', kind('audio/mpeg', 'mp3')],
  ['fff3', kind('audio/mpeg', 'mp3')],
  ['fff2', kind('audio/mpeg', 'mp3')],
];
/** Major brands of ISO media files (`....ftyp` + brand). */
const BRANDS: readonly (readonly [brand: RegExp, FileKind])[] = [
  [/^M4[AB] /, kind('audio/mp4', 'm4a', 'm4b')],
  [/^(hei[csmx]|hev[cx]|mif1|msf1)/, kind('image/heic', 'heic', 'heif')],
  [/^avi[fs]/, kind('image/avif', 'avif')],
  [/^qt {2}/, kind('video/quicktime', 'mov')],
  [/^(isom|iso\d|mp4[12]|avc1|M4V|dash|3gp|MSNV|mmp4)/, kind('video/mp4', 'mp4', 'm4v', '3gp')],
];

/** Every type that is taken, for whoever says so. */
export const FILE_TYPES: readonly string[] = [
  ...new Set([...BEGINNINGS, ...BRANDS, ...IN_ZIP].map(([, { type }]) => type)),
  ...[ZIP, TEXT, CSV].map(({ type }) => type),
  'video/webm',
  'audio/webm',
].sort();

export const isRaster = (type: string): boolean => BEGINNINGS.some(([, found]) => found.type === type && found.raster === true);

/**
 * null: nothing that is taken. `head`: the first 64 kB at least, or all of it; `tail`: the last 64 kB at least, or all of it.
 * `isAll`: head is the whole file, which text must be looked through to its end for: pass `isText` when it was.
 */
export function kindOf(q: { head: Uint8Array; tail: Uint8Array; extension: string; isText: boolean }): FileKind | null {
  const { head } = q;
  const begins = BEGINNINGS.find(([pattern]) => matches(head, pattern));
  if (begins) return begins[1];
  if (latin(head, 4, 8) === 'ftyp') return BRANDS.find(([brand]) => brand.test(latin(head, 8, 12)))?.[1] ?? null;
  if (matches(head, '1a45dfa3')) return webmOf(head);
  if (matches(head, '504b0304')) return zipOf(q.tail);
  if (!q.isText || startsAsMarkup(head)) return null;
  if (CSV.extensions.includes(q.extension)) return CSV;
  return q.extension === '' || TEXT.extensions.includes(q.extension) ? TEXT : null;
}

function webmOf(head: Uint8Array): FileKind | null {
  const start = latin(head, 0, 4_096);
  if (!start.includes('webm')) return null;
  return start.includes('V_') ? kind('video/webm', 'webm') : kind('audio/webm', 'weba', 'webm');
}

/** By the names in its directory, which stands at its end. Without one it is no zip. */
function zipOf(tail: Uint8Array): FileKind | null {
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength);
  let end = tail.byteLength - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end--;
  if (end < 0) return null;
  const names: string[] = [];
  // Its size, not its offset, because the tail does not know where the file began.
  for (let at = end - view.getUint32(end + 12, true); at >= 0 && at + 46 <= end && view.getUint32(at, true) === 0x02014b50;) {
    const length = view.getUint16(at + 28, true);
    names.push(latin(tail, at + 46, at + 46 + length));
    at += 46 + length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  if (names.some((name) => NOT_IN_ZIP.test(name))) return null;
  if (!names.includes('[Content_Types].xml')) return ZIP;
  return IN_ZIP.find(([pattern]) => names.some((name) => pattern.test(name)))?.[1] ?? ZIP;
}

/** What a browser that guesses would take for a document: `<!doctype`, `<svg`, `<?xml`, `<script`, a comment. */
function startsAsMarkup(head: Uint8Array): boolean {
  return /^\uFEFF?\s*<[!?/a-z]/i.test(new TextDecoder().decode(head.subarray(0, 1_024)));
}

function matches(head: Uint8Array, pattern: string): boolean {
  if (head.byteLength < pattern.length / 2) return false;
  for (let i = 0; i < pattern.length; i += 2) {
    const wanted = pattern.slice(i, i + 2);
    if (wanted !== '..' && head[i / 2] !== Number.parseInt(wanted, 16)) return false;
  }
  return true;
}

const latin = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, Math.min(to, from + 4_096)));
