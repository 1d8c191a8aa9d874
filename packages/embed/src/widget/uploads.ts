/** Files on their way to the server, before the message that carries them. */
import { CHAT_LIMITS, type Uploaded } from '@foyer/protocol/link';
import { type FileRefusal, fileRefusal } from './attachable.ts';
import { greeted, hello } from './session.ts';
import { change, state, type Upload } from './state.ts';
import { base, settings } from './tracker.ts';

let uploads = 0;
const running = new Map<string, XMLHttpRequest>();

export function attach(files: Iterable<File>): void {
  hello();
  const { texts } = state;
  let notice = '';
  for (const file of files) {
    const refusal = fileRefusal(file);
    if (refusal) notice = texts[refusal](file.name);
    else if (state.uploads.length >= CHAT_LIMITS.filesPerMessage) notice = texts.tooMany;
    else {
      const preview = /^image\//.test(file.type) ? URL.createObjectURL(file) : '';
      const upload: Upload = { key: String(++uploads), file, share: 0, id: '', preview, failed: false };
      change({ uploads: [...state.uploads, upload] });
      send(upload);
    }
  }
  change({ notice });
}

const update = (key: string, part: Partial<Upload>): void =>
  change({ uploads: state.uploads.map((upload) => (upload.key === key ? { ...upload, ...part } : upload)) });

// The ticket has come.
greeted.add(() => {
  for (const upload of state.uploads) if (!upload.id && !upload.failed && !running.has(upload.key)) send(upload);
});

/** What the server says of the file itself, whenever it is sent. */
const REFUSALS: Readonly<Record<number, FileRefusal>> = { 413: 'tooBig', 415: 'badType', 422: 'badType' };

/** Not `fetch`, which tells nothing of how far a body has left. Without a ticket it waits for one. */
function send({ key, file }: Upload): void {
  const { texts, you } = state;
  if (!you) return;
  const request = new XMLHttpRequest();
  running.set(key, request);
  const fail = (notice: string): void => {
    running.delete(key);
    update(key, { failed: true });
    change({ notice });
  };
  request.upload.onprogress = ({ loaded, total }) => update(key, { share: loaded / total });
  request.onerror = () => fail(texts.notUploaded(file.name));
  request.onload = () => {
    running.delete(key);
    const refusal = REFUSALS[request.status];
    // It would be refused again: what holds up the message is taken out, as it is where the page itself can tell.
    if (refusal) {
      removeUpload(state.uploads.find((upload) => upload.key === key)!);
      return change({ notice: texts[refusal](file.name) });
    }
    if (request.status >= 300) return fail(texts.notUploaded(file.name));
    update(key, { id: (JSON.parse(request.responseText) as Uploaded).file.id, share: 1 });
  };
  const query = new URLSearchParams({ site: settings['site']!, ticket: you.ticket, name: file.name.slice(-CHAT_LIMITS.fileNameChars) });
  request.open('POST', `${base}files?${query}`);
  request.setRequestHeader('content-type', 'application/octet-stream');
  request.send(file);
}

export function retryUpload(upload: Upload): void {
  update(upload.key, { failed: false, share: 0 });
  change({ notice: '' });
  send(upload);
}
export function removeUpload({ key, preview }: Upload): void {
  running.get(key)?.abort();
  running.delete(key);
  if (preview) URL.revokeObjectURL(preview);
  change({ uploads: state.uploads.filter((upload) => upload.key !== key), notice: '' });
}
