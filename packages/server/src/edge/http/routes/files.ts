import { CHAT_LIMITS } from '@foyer/protocol';
import * as v from 'valibot';
import { KeyedBuckets, UPLOADED_PER_AGENT, UPLOADS_PER_AGENT } from '../../rate-limits.ts';
import { UploadedAnswer } from '../chat-answers.ts';
import type { HttpDeps } from '../deps.ts';
import type { Endpoints } from '../endpoint.ts';
import { takeFile, UploadQuota } from '../file-answers.ts';
import { words } from '../query.ts';
import { refuse } from '../replies.ts';

const FileQuery = v.strictObject({ name: v.optional(words(500, 'The name it is shown under; its extension is made to fit.'), '') });

export function filesRoutes({ guarded }: Endpoints, deps: HttpDeps): void {
  const uploads = new KeyedBuckets(UPLOADS_PER_AGENT);
  const quota = new UploadQuota(UPLOADED_PER_AGENT, deps.clock);

  guarded({
    method: 'post',
    path: '/files',
    tag: 'Conversations',
    access: 'chat',
    status: 201,
    query: FileQuery,
    takesFile: CHAT_LIMITS.fileBytes,
    answer: UploadedAnswer,
    summary: 'Upload a file, to be sent in a message',
    about:
      'The body is the file itself, of at most 10 MB. Its type is told by its content: pictures, PDF, text, CSV, zip, Office documents, audio and video are taken, anything a browser or desktop would run is 415. What pictures and films say about who took them, where and with what is taken out. A file that is sent in no message is deleted after a day.',
    async handle({ actor, request, query }) {
      const waitMs = uploads.take(actor.user.id, deps.clock.mono());
      if (waitMs > 0) return refuse(429, 'too_fast', 'Too many files at once. Try again in a moment.', { retryAfterMs: waitMs });
      return takeFile(deps, request, {
        workspace: actor.workspace,
        sender: `agent:${actor.user.id}`,
        name: query.name,
        from: actor.user.id,
        quota,
      });
    },
  });
}
