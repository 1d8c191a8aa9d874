import { CHAT_LIMITS, type ChatFile } from '@foyer/protocol';
import type { Clock } from '../../ports/clock.ts';
import type { NotTaken, Taken } from '../../files/file-box.ts';
import type { FileRecord } from '../../ports/chat-store.ts';
import { freshId } from '../../team/tokens.ts';
import { KeyedBuckets, type Rate } from '../rate-limits.ts';
import type { HttpDeps } from './deps.ts';
import { refuse, type Refusal, reply, type Reply } from './replies.ts';

const TOO_BIG = refuse(413, 'file_too_big', `A file has at most ${CHAT_LIMITS.fileBytes / 1_048_576} MB.`);
const NOT_TAKEN: Readonly<Record<NotTaken, Refusal>> = {
  too_big: TOO_BIG,
  empty: refuse(422, 'file_empty', 'The file is empty.'),
  bad_type: refuse(415, 'file_type', 'Files of this type are not taken: pictures, documents, text, zip, audio and video are.'),
  busy: refuse(429, 'files_busy', 'Too many files are on their way right now. Try again in a moment.', { retryAfterMs: 2_000 }),
  disk_full: refuse(507, 'storage_full', 'The server has no room for files right now. Messages still arrive.', { retryAfterMs: 600_000 }),
  cut_off: refuse(422, 'file_cut_off', 'The file did not arrive whole. Send it again.'),
};

/** How often an operator is told of the same full disk. */
const TOLD_EVERY_MS = 600_000;

/** How many bytes each place may send, and have kept. */
export class UploadQuota {
  readonly #rate: Rate;
  readonly #sent: KeyedBuckets;
  readonly #clock: Pick<Clock, 'mono'>;
  #toldAt = Number.NEGATIVE_INFINITY;

  constructor(rate: Rate, clock: Pick<Clock, 'mono'>) {
    this.#rate = rate;
    this.#sent = new KeyedBuckets(rate);
    this.#clock = clock;
  }

  take(from: string, bytes: number): Refusal | null {
    const waitMs = this.#sent.take(from, this.#clock.mono(), bytes);
    if (waitMs === 0) return null;
    const most = Math.round(this.#rate.burst / 1_048_576);
    return refuse(429, 'quota', `More than ${most} MB of files came from here within an hour. Try again later.`, { retryAfterMs: waitMs });
  }

  giveBack(from: string, bytes: number): void {
    this.#sent.giveBack(from, bytes);
  }

  /** Whether a full disk is news. */
  isNews(): boolean {
    const now = this.#clock.mono();
    if (now - this.#toldAt < TOLD_EVERY_MS) return false;
    this.#toldAt = now;
    return true;
  }
}

/** Keeps what a request carries as a file that `sender` may put into a message. */
export async function takeFile(
  { files, chats, clock, log }: Pick<HttpDeps, 'files' | 'chats' | 'clock' | 'log'>,
  request: Request,
  q: { readonly workspace: string; readonly sender: string; readonly name: string; readonly from: string; readonly quota: UploadQuota },
): Promise<Reply<{ file: ChatFile }> | Refusal> {
  const said = request.headers.get('content-length');
  const claimed = said === null ? CHAT_LIMITS.fileBytes : Number(said);
  if (!(claimed >= 0 && claimed <= CHAT_LIMITS.fileBytes)) return TOO_BIG;
  const overQuota = q.quota.take(q.from, claimed);
  if (overQuota) return overQuota;
  const now = clock.now();
  const id = freshId(now);
  let kept = 0;
  let taken: Taken | NotTaken;
  try {
    taken = await files.take(id, q.name, request.body, q.from);
    if (typeof taken !== 'string') kept = taken.bytes;
  } finally {
    q.quota.giveBack(q.from, claimed - kept);
  }
  if (typeof taken === 'string') {
    if (taken === 'disk_full' && q.quota.isNews()) log.error('files are refused: less than 512 MB of the disk of the data folder are free');
    return NOT_TAKEN[taken];
  }
  const record: FileRecord = { id, workspace: q.workspace, sender: q.sender, conversation: '', seq: 0, ...taken, createdAt: now };
  try {
    await chats.addFile(record);
  } catch (cause) {
    await files.remove([id]);
    throw cause;
  }
  return reply({ file: fileOf(id, taken) });
}

const fileOf = (id: string, { name, type, bytes, width, height }: Taken): ChatFile => ({ id, name, type, bytes, width, height });
