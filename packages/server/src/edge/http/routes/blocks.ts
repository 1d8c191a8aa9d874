import { BlockBody } from '@foyer/protocol';
import * as v from 'valibot';
import type { BlockRecord } from '../../../ports/team-store.ts';
import type { Actor } from '../../../team/sessions.ts';
import { freshId } from '../../../team/tokens.ts';
import { BlockAnswer, BlocksAnswer } from '../answers.ts';
import type { HttpDeps } from '../deps.ts';
import type { Endpoints } from '../endpoint.ts';
import { wholeNumber } from '../query.ts';
import { REFUSALS, refuse, reply } from '../replies.ts';
import { blockOf } from '../shapes.ts';

/** Held in memory, and asked at each handshake. Whoever needs more needs a firewall. */
const MOST = 10_000;
const BlocksQuery = v.strictObject({ limit: v.optional(wholeNumber({ min: 1, max: 1_000, about: 'Blocks to answer.' }), '200') });

export function blocksRoutes({ guarded }: Endpoints, { directory, live, store, clock }: HttpDeps): void {
  const audit = (actor: Actor, action: string, block: BlockRecord): Promise<void> =>
    store.audit({
      workspace: actor.workspace,
      user: actor.user.id,
      at: clock.now(),
      action,
      detail: `${block.id}${block.note === '' ? '' : `: ${block.note}`}`,
    });

  guarded({
    method: 'post',
    path: '/visitors/:id/block',
    tag: 'Blocks',
    access: 'visitors.block',
    tracking: true,
    status: 201,
    body: BlockBody,
    answer: BlockAnswer,
    refuses: [409],
    summary: 'Block the address of a listed visit; its sockets close',
    about: 'Only a keyed hash of the address is kept. Everybody behind that address is blocked with it.',
    async handle({ actor, body, param }) {
      const addressHash = await live.addressHashOf({ workspace: actor.workspace, id: param('id') });
      if (addressHash === null) return REFUSALS.notFound;
      if (directory.blocks(actor.workspace).length >= MOST)
        return refuse(409, 'too_many', `There are ${MOST} blocks already. Take some back first.`);
      const now = clock.now();
      const block: BlockRecord = {
        id: freshId(now),
        workspace: actor.workspace,
        addressHash,
        note: body.note ?? '',
        createdAt: now,
        createdBy: actor.user.id,
      };
      await directory.addBlock(block);
      await audit(actor, 'block.add', block);
      return reply(blockOf(block));
    },
  });

  guarded({
    method: 'get',
    path: '/visitors/:id/blocks',
    tag: 'Blocks',
    access: 'visitors.block',
    tracking: true,
    status: 200,
    answer: BlocksAnswer,
    summary: 'Blocks that hold for the address of a listed visit, newest first',
    async handle({ actor, param }) {
      const addressHash = await live.addressHashOf({ workspace: actor.workspace, id: param('id') });
      if (addressHash === null) return REFUSALS.notFound;
      return reply(
        directory
          .blocks(actor.workspace)
          .filter((block) => block.addressHash === addressHash)
          .map(blockOf),
      );
    },
  });

  guarded({
    method: 'get',
    path: '/blocks',
    tag: 'Blocks',
    access: 'visitors.block',
    status: 200,
    query: BlocksQuery,
    answer: BlocksAnswer,
    summary: 'Blocks of the workspace, newest first',
    handle: async ({ actor, query }) => reply(directory.blocks(actor.workspace).slice(0, query.limit).map(blockOf)),
  });

  guarded({
    method: 'delete',
    path: '/blocks/:id',
    tag: 'Blocks',
    access: 'visitors.block',
    status: 204,
    summary: 'Take a block back',
    async handle({ actor, param }) {
      const block = directory.blocks(actor.workspace).find(({ id }) => id === param('id'));
      if (block === undefined || !(await directory.removeBlock(actor.workspace, block.id))) return REFUSALS.notFound;
      await audit(actor, 'block.remove', block);
      return reply(undefined);
    },
  });
}
