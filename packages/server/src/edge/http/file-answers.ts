import { CHAT_LIMITS, type ChatFile } from '@foyer/protocol';
import type { NotTaken, Taken } from '../../files/file-box.ts';
import type { FileRecord } from '../../ports/chat-store.ts';
import { freshId } from '../../team/tokens.ts';
import type { HttpDeps } from './deps.ts';
import { refuse, type Refusal, reply, type Reply } from './replies.ts';

const TOO_BIG = refuse(413, 'file_too_big', `A file has at most ${CHAT_LIMITS.fileBytes / 1_048_576} MB.`);
const NOT_TAKEN: Readonly<Record<NotTaken, Refusal>> = {
  too_big: TOO_BIG,
  empty: refuse(422, 'file_empty', 'The file is empty.'),
  bad_type: refuse(415, 'file_type', 'Files of this type are not taken: pictures, documents, text, zip, audio and video are.'),
  busy: refuse(429, 'files_busy', 'Too many files are on their way right now. Try again in a moment.', { retryAfterMs: 2_000 }),
  cut_off: refuse(422, 'file_cut_off', 'The file did not arrive whole. Send it again.'),
};

/** Keeps what a request carries as a file that `sender` may put into a message. */
export async function takeFile(
  { files, chats, clock }: Pick<HttpDeps, 'files' | 'chats' | 'clock'>,
  request: Request,
  q: { readonly workspace: string; readonly sender: string; readonly name: string; readonly from: string },
): Promise<Reply<{ file: ChatFile }> | Refusal> {
  if (Number(request.headers.get('content-length') ?? 0) > CHAT_LIMITS.fileBytes) return TOO_BIG;
  const now = clock.now();
  const id = freshId(now);
  const taken = await files.take(id, q.name, request.body, q.from);
  if (typeof taken === 'string') return NOT_TAKEN[taken];
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
