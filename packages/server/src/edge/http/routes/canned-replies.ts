import { can } from '@foyer/domain';
import { CannedReplyBody } from '@foyer/protocol';
import type { CannedRecord } from '../../../ports/chat-store.ts';
import type { Actor } from '../../../team/sessions.ts';
import { freshId } from '../../../team/tokens.ts';
import { CannedRepliesAnswer, CannedReplyAnswer } from '../chat-answers.ts';
import { cannedReplyOf } from '../chat-shapes.ts';
import type { HttpDeps } from '../deps.ts';
import type { Endpoints } from '../endpoint.ts';
import { REFUSALS, refuse, type Refusal, reply } from '../replies.ts';

/** Of a workspace, private ones and all: each composer reads its own and the shared ones whole. */
const MOST = 1_000;

export function cannedRepliesRoutes({ guarded }: Endpoints, { chats, directory, clock }: HttpDeps): void {
  const visible = async (actor: Actor, id: string): Promise<CannedRecord | undefined> =>
    (await chats.cannedReplies({ workspace: actor.workspace, user: actor.user.id })).find((one) => one.id === id);
  async function put(actor: Actor, record: CannedRecord): Promise<Refusal | null> {
    const done = await chats.putCannedReply({ reply: record, most: MOST });
    if (done === 'shortcut_taken') return refuse(409, 'shortcut_taken', `There is a /${record.shortcut} already.`);
    if (done === 'too_many') return refuse(409, 'too_many', `There are ${MOST} canned replies already. Delete one first.`);
    directory.keepingChanged(actor.workspace, 'chat');
    return null;
  }

  guarded({
    method: 'get',
    path: '/canned-replies',
    tag: 'Canned replies',
    access: 'chat',
    status: 200,
    answer: CannedRepliesAnswer,
    summary: 'Canned replies: your own, and those that members share, by shortcut',
    async handle({ actor }) {
      const found = await chats.cannedReplies({ workspace: actor.workspace, user: actor.user.id });
      return reply(found.map((one) => cannedReplyOf(actor, one)));
    },
  });

  guarded({
    method: 'post',
    path: '/canned-replies',
    tag: 'Canned replies',
    access: 'chat',
    status: 201,
    body: CannedReplyBody,
    answer: CannedReplyAnswer,
    refuses: [409],
    summary: 'Add a canned reply, for yourself or for everybody',
    about: `Shortcuts are told apart among your own and among the shared ones: a second one is 409 \`shortcut_taken\`. At most ${MOST} in a workspace.`,
    async handle({ actor, body }) {
      const record: CannedRecord = { id: freshId(clock.now()), workspace: actor.workspace, ...body, createdBy: actor.user.id };
      return (await put(actor, record)) ?? reply(cannedReplyOf(actor, record));
    },
  });

  guarded({
    method: 'put',
    path: '/canned-replies/:id',
    tag: 'Canned replies',
    access: 'chat',
    status: 200,
    body: CannedReplyBody,
    answer: CannedReplyAnswer,
    refuses: [409],
    summary: "Change a canned reply: your own; owners and admins also shared ones, but nobody makes somebody else's private",
    async handle({ actor, body, param }) {
      const before = await visible(actor, param('id'));
      if (before === undefined) return REFUSALS.notFound;
      if (!mayChange(actor, before) || (!body.shared && before.createdBy !== actor.user.id)) return REFUSALS.notAllowed;
      const after: CannedRecord = { ...before, ...body };
      return (await put(actor, after)) ?? reply(cannedReplyOf(actor, after));
    },
  });

  guarded({
    method: 'delete',
    path: '/canned-replies/:id',
    tag: 'Canned replies',
    access: 'chat',
    status: 204,
    summary: 'Delete a canned reply: your own; owners and admins also shared ones',
    async handle({ actor, param }) {
      const found = await visible(actor, param('id'));
      if (found === undefined) return REFUSALS.notFound;
      if (!mayChange(actor, found)) return REFUSALS.notAllowed;
      if (!(await chats.deleteCannedReply({ workspace: actor.workspace, id: found.id }))) return REFUSALS.notFound;
      directory.keepingChanged(actor.workspace, 'chat');
      return reply(undefined);
    },
  });
}

const mayChange = (actor: Actor, record: CannedRecord): boolean =>
  record.createdBy === actor.user.id || (record.shared && can(actor.role, 'kept.manage'));
