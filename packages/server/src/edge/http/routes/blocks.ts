import { BlockBody } from '@foyer/protocol';
import type { BlockRecord } from '../../../ports/team-store.ts';
import type { Actor } from '../../../team/sessions.ts';
import { freshId } from '../../../team/tokens.ts';
import { BlockAnswer, BlocksAnswer } from '../answers.ts';
import type { HttpDeps } from '../deps.ts';
import type { Endpoints } from '../endpoint.ts';
import { REFUSALS, reply } from '../replies.ts';
import { blockOf } from '../shapes.ts';

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
    summary: 'Block the address of a listed visit; its sockets close',
    about: 'Only a keyed hash of the address is kept. Everybody behind that address is blocked with it.',
    async handle({ actor, body, param }) {
      const addressHash = await live.addressHashOf({ workspace: actor.workspace, id: param('id') });
      if (addressHash === null) return REFUSALS.notFound;
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
    path: '/blocks',
    tag: 'Blocks',
    access: 'visitors.block',
    status: 200,
    answer: BlocksAnswer,
    summary: 'Blocks of the workspace, newest first',
    handle: async ({ actor }) => reply(directory.blocks(actor.workspace).map(blockOf)),
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
