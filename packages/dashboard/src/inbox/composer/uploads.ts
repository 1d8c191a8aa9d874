import { CHAT_LIMITS, type ChatFile } from '@foyer/protocol';
import { Listeners } from '../../live/listeners.ts';

/** Why a file is not attached. Without `again` trying once more changes nothing. */
export type UploadProblem = 'too_big' | 'empty' | 'refused' | 'failed';

export interface Upload {
  /** Of this page only. */
  readonly key: number;
  readonly name: string;
  readonly bytes: number;
  /** What the browser says it is; for the picture beside it, and nothing else. */
  readonly type: string;
  readonly source: Blob;
  /** 0 to 1. */
  readonly progress: number;
  readonly problem: UploadProblem | null;
  /** The server's own words for `refused`. */
  readonly said: string;
  /** Set when it is stored. */
  readonly file: ChatFile | null;
}

/** Sends one file. Rejects with `{ refused }` when the server declines it for good, with anything else when it did not get there. */
export type SendFile = (q: {
  readonly name: string;
  readonly source: Blob;
  readonly signal: AbortSignal;
  readonly onProgress: (share: number) => void;
}) => Promise<ChatFile>;
export class FileRefused extends Error {}

const NONE: readonly Upload[] = [];
/** More at once would only make each of them slower. */
const AT_ONCE = 3;

/**
 * Files on their way to a message, by conversation: they go on while another conversation is open.
 * At most `CHAT_LIMITS.filesPerMessage` of one conversation; what is too big or empty is not sent at all.
 */
export class Uploads {
  readonly #send: SendFile;
  readonly #lists = new Map<string, readonly Upload[]>();
  readonly #running = new Map<number, AbortController>();
  readonly #listeners = new Listeners();
  /** Of the last message with files; nothing older can be taken back. */
  #sent: readonly Upload[] = NONE;
  #next = 1;

  constructor(send: SendFile) {
    this.#send = send;
  }

  readonly subscribe = this.#listeners.subscribe;
  list(conversation: string): readonly Upload[] {
    return this.#lists.get(conversation) ?? NONE;
  }

  /** Answers how many there was no room for. */
  add(conversation: string, files: readonly { readonly name: string; readonly source: Blob }[]): number {
    const before = this.list(conversation);
    const room = CHAT_LIMITS.filesPerMessage - before.length;
    const added = files.slice(0, Math.max(0, room)).map(({ name, source }): Upload => {
      const problem = source.size === 0 ? 'empty' : source.size > CHAT_LIMITS.fileBytes ? 'too_big' : null;
      const key = this.#next;
      this.#next += 1;
      return { key, name: shortened(name), bytes: source.size, type: source.type, source, progress: 0, problem, said: '', file: null };
    });
    if (added.length > 0) this.#put(conversation, [...before, ...added]);
    this.#pump();
    return files.length - added.length;
  }

  again(conversation: string, key: number): void {
    this.#change(conversation, key, { problem: null, progress: 0, said: '' });
    this.#pump();
  }

  remove(conversation: string, key: number): void {
    this.#running.get(key)?.abort();
    this.#running.delete(key);
    this.#put(
      conversation,
      this.list(conversation).filter((one) => one.key !== key),
    );
    this.#pump();
  }

  /** They are in a message now. */
  sent(conversation: string): void {
    const list = this.list(conversation);
    if (list.length === 0) return;
    this.#sent = list;
    this.#put(conversation, []);
  }

  /** A message that was taken back brings its files again. They go up anew: what was in a message once is in no other. */
  bringBack(conversation: string, ids: readonly string[]): void {
    this.add(
      conversation,
      this.#sent.filter(({ file }) => file !== null && ids.includes(file.id)),
    );
  }

  #pump(): void {
    for (const [conversation, list] of this.#lists) {
      for (const upload of list) {
        if (this.#running.size >= AT_ONCE) return;
        if (!upload.file && !upload.problem && !this.#running.has(upload.key)) void this.#run(conversation, upload);
      }
    }
  }

  async #run(conversation: string, { key, name, source }: Upload): Promise<void> {
    const abort = new AbortController();
    this.#running.set(key, abort);
    const onProgress = (progress: number): void => this.#change(conversation, key, { progress });
    try {
      const file = await this.#send({ name, source, signal: abort.signal, onProgress });
      this.#change(conversation, key, { file, progress: 1 });
    } catch (failure) {
      if (!abort.signal.aborted)
        this.#change(
          conversation,
          key,
          failure instanceof FileRefused ? { problem: 'refused', said: failure.message } : { problem: 'failed' },
        );
    } finally {
      if (this.#running.get(key) === abort) this.#running.delete(key);
      this.#pump();
    }
  }

  #change(conversation: string, key: number, set: Partial<Upload>): void {
    const list = this.list(conversation);
    if (list.some((one) => one.key === key))
      this.#put(
        conversation,
        list.map((one) => (one.key === key ? { ...one, ...set } : one)),
      );
  }
  #put(conversation: string, list: readonly Upload[]): void {
    if (list.length === 0) this.#lists.delete(conversation);
    else this.#lists.set(conversation, list);
    this.#listeners.notify();
  }
}

/** The server takes so many characters of a name; the ending says what it is, so it stays. */
function shortened(name: string): string {
  if (name.length <= CHAT_LIMITS.fileNameChars) return name;
  const ending = /\.[^.]{1,12}$/.exec(name)?.[0] ?? '';
  return name.slice(0, CHAT_LIMITS.fileNameChars - ending.length) + ending;
}
