/** What may be attached, told before it is sent; the server looks into the content and has the last word. */
import { CHAT_LIMITS } from '@foyer/protocol/link';

/** Endings of what may be sent; the server's list is by content. */
const ENDINGS = 'png jpg jpeg gif webp heic avif pdf txt log md csv zip docx xlsx pptx mp4 m4v mov webm mp3 m4a ogg oga opus wav'.split(
  ' ',
);

export type FileRefusal = 'tooBig' | 'badType' | 'empty';
export function fileRefusal({ name, type, size }: Pick<File, 'name' | 'type' | 'size'>): FileRefusal | undefined {
  const ending = /\.([^.]+)$/.exec(name.toLowerCase())?.[1] ?? '';
  // A pasted picture has a type and maybe no telling name.
  if (!ENDINGS.includes(ending) && !/^image\/(png|jpeg|gif|webp)$/.test(type)) return 'badType';
  if (size === 0) return 'empty';
  return size > CHAT_LIMITS.fileBytes ? 'tooBig' : undefined;
}
