import { open } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { ByteWindow } from './byte-window.ts';
import { heifParts } from './heif.ts';
import { isoMediaParts } from './iso-media.ts';
import { jpegParts } from './jpeg.ts';
import type { Part } from './parts.ts';
import { pngParts } from './png.ts';
import { webpParts } from './webp.ts';

const COPY_BYTES = 64 * 1_024;
const WALKS: Readonly<Record<string, (file: ByteWindow) => Promise<readonly Part[] | null>>> = {
  'image/jpeg': jpegParts,
  'image/png': pngParts,
  'image/webp': webpParts,
  'image/heic': heifParts,
  'image/avif': heifParts,
  'video/mp4': isoMediaParts,
  'video/quicktime': isoMediaParts,
  'audio/mp4': isoMediaParts,
};

/**
 * Writes a picture or film without what it tells of who made it, where, when and with what, to `to`. 'as_it_is': nothing is to be taken out, and
 * nothing was written; null: it is not what it begins as.
 *
 * Memory      64 kB for the walk and 64 kB for the copy, and a list of parts.
 */
export async function cleanFile(q: {
  readonly path: string;
  readonly to: string;
  readonly type: string;
  readonly bytes: number;
}): Promise<{ readonly bytes: number; readonly sha256: string } | 'as_it_is' | null> {
  const walk = WALKS[q.type];
  if (!walk) return 'as_it_is';
  const from = await open(q.path);
  try {
    const parts = await walk(new ByteWindow(from, q.bytes));
    if (parts === null) return null;
    const [only] = parts;
    if (parts.length === 1 && only && 'to' in only && only.to - only.from === q.bytes) return 'as_it_is';
    return await copy(from, parts, q.to);
  } finally {
    await from.close();
  }
}

async function copy(
  from: Awaited<ReturnType<typeof open>>,
  parts: readonly Part[],
  to: string,
): Promise<{ bytes: number; sha256: string }> {
  const file = await open(to, 'wx', 0o600);
  const hash = createHash('sha256');
  const buffer = new Uint8Array(COPY_BYTES);
  let bytes = 0;
  const write = async (piece: Uint8Array): Promise<void> => {
    hash.update(piece);
    bytes += piece.byteLength;
    await file.write(piece);
  };
  try {
    for (const part of parts) {
      if (part instanceof Uint8Array) {
        await write(part);
        continue;
      }
      for (let at = part.from; at < part.to;) {
        const { bytesRead } = await from.read(buffer, 0, Math.min(COPY_BYTES, part.to - at), at);
        if (bytesRead === 0) throw new Error('a file became shorter while it was copied');
        await write(buffer.subarray(0, bytesRead));
        at += bytesRead;
      }
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { bytes, sha256: hash.digest('hex') };
}
