import { CHAT_LIMITS } from '@foyer/protocol';
import type { FileKind } from './file-type.ts';

/** Of a name as it was claimed, small letters; '' none. */
export const extensionOf = (name: string): string => /\.([\p{L}\p{N}]{1,10})$/u.exec(name)?.[1]?.toLowerCase() ?? '';

/**
 * The name under which a file is shown and saved: without folders, control characters and what turns the direction of text around
 * (`exe.gpj` reads `jpg.exe` so), and with an extension that its content has.
 */
export function fileName(claimed: string, kind: FileKind): string {
  const last = claimed.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  // eslint-disable-next-line no-control-regex -- these are what is taken out
  const plain = last.replace(/[\u0000-\u001F\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF<>:"|?*]/g, '').replace(/\s+/g, ' ');
  const name = plain.replace(/^[.\s]+|[.\s]+$/g, '');
  const [extension = ''] = kind.extensions;
  const found = extensionOf(name);
  const isRight = kind.extensions.includes(found);
  const stem = (isRight ? name.slice(0, -found.length - 1) : name) || 'file';
  const ending = `.${isRight ? found : extension}`;
  return `${Array.from(stem)
    .slice(0, CHAT_LIMITS.fileNameChars - ending.length)
    .join('')}${ending}`;
}
