import { parseCidr } from '@foyer/domain/privacy';
import { BlockBody, BlockRangeBody } from '@foyer/protocol';
import * as v from 'valibot';
import type { BlockRecord } from '../../../ports/team-store.ts';
import type { Actor } from '../../../team/sessions.ts';
import { freshId } from '../../../team/tokens.ts';
import { BlockAnswer, BlocksAnswer } from '../answers.ts';
import type { HttpDeps } from '../deps.ts';
import type { Endpoints } from '../endpoint.ts';
import { isKnownVisitor } from '../known-visitor.ts';
import { wholeNumber } from '../query.ts';
import { invalid, REFUSALS, refuse, type Refusal, reply, type Reply } from '../replies.ts';
import { blockOf } from '../shapes.ts';

/** Held in memory, and asked at each handshake. Whoever needs more needs a firewall. Of ranges fewer: each is compared with each address. */
const MOST = 10_000;
const MOST_RANGES = 500;
/** Wider is a slip of the finger, and would close out a good part of the world. */
const WIDEST = { 4: 8, 6: 16 };
const BlocksQuery = v.strictObject({ limit: v.optional(wholeNumber({ min: 1, max: 1_000, about: 'Blocks to answer.' }), '200') });
type Asked = { readonly forMs?: number | undefined; readonly note?: string | undefined };

export function blocksRoutes({ guarded }: Endpoints, deps: HttpDeps): void {
  const { directory, live, store, clock, chat, chats } = deps;
  const audit = (actor: Actor, action: string, block: BlockRecord): Promise<void> =>
    store.audit({
      workspace: actor.workspace,
      user: actor.user.id,
      at: clock.now(),
      action,
      detail: `${block.id}${block.note === '' ? '' : `: ${block.note}`}`,
    });

  async function add(
    actor: Actor,
    asked: Asked,
    of: Pick<BlockRecord, 'kind' | 'addressHash' | 'what' | 'label'>,
  ): Promise<Reply<ReturnType<typeof blockOf>> | Refusal> {
    const held = directory.blocks(actor.workspace);
    if (held.length >= MOST) return refuse(409, 'too_many', `There are ${MOST} blocks already. Take some back first.`);
    if (of.kind === 'range' && held.filter(({ kind }) => kind === 'range').length >= MOST_RANGES)
      return refuse(409, 'too_many', `There are ${MOST_RANGES} blocked ranges already. Take some back first.`);
    const now = clock.now();
    const block: BlockRecord = {
      id: freshId(now),
      workspace: actor.workspace,
      ...of,
      until: asked.forMs === undefined ? null : now + asked.forMs,
      note: asked.note ?? '',
      createdAt: now,
      createdBy: actor.user.id,
    };
    await directory.addBlock(block);
    await audit(actor, 'block.add', block);
    return reply(blockOf(block));
  }

  /** Nobody waits for an answer who cannot hear one. */
  async function endChat({ workspace, user }: Actor, visitor: string): Promise<void> {
    const [latest] = await chats.conversationsOf({ workspace, visitor, limit: 1 });
    if (!latest || latest.state.phase.status === 'resolved') return;
    const by = { kind: 'agent', id: user.id } as const;
    await chat.request({ do: 'act', workspace, conversation: latest.state.id, command: { c: 'resolve', by } });
  }

  guarded({
    method: 'post',
    path: '/visitors/:id/block',
    tag: 'Blocks',
    access: 'visitors.block',
    status: 201,
    body: BlockBody,
    answer: BlockAnswer,
    refuses: [409],
    summary: 'Block a visitor, or the address of a listed visit; sockets it meets close',
    about:
      '`address`: everybody behind the address of a listed visit, of which only a keyed hash is kept. `visitor`: this browser, listed or known from before. Neither tracked nor shown a widget while it holds.',
    async handle({ actor, body, param }) {
      const q = { workspace: actor.workspace, id: param('id') };
      const listed = await live.detail({ ...q, hidden: ['ip'] });
      const label = listed === null ? '' : listed.name || (listed.n > 0 ? `Visitor ${listed.n}` : '');
      if (body.what === 'visitor') {
        const visitor = listed?.visitor ?? q.id;
        if (listed === null && !(await isKnownVisitor(deps, { workspace: q.workspace, visitor }))) return REFUSALS.notFound;
        const added = await add(actor, body, { kind: 'visitor', addressHash: '', what: visitor, label });
        await endChat(actor, visitor);
        return added;
      }
      const addressHash = await live.addressHashOf(q);
      if (addressHash === null) return REFUSALS.notFound;
      const added = await add(actor, body, { kind: 'address', addressHash, what: '', label });
      if (listed !== null) await endChat(actor, listed.visitor);
      return added;
    },
  });

  guarded({
    method: 'get',
    path: '/visitors/:id/blocks',
    tag: 'Blocks',
    access: 'visitors.block',
    status: 200,
    answer: BlocksAnswer,
    summary: 'Blocks that hold for a visitor, or for the address of a listed visit, newest first',
    async handle({ actor, param }) {
      const q = { workspace: actor.workspace, id: param('id') };
      const listed = await live.detail({ ...q, hidden: ['ip'] });
      const visitor = listed?.visitor ?? q.id;
      if (listed === null && !(await isKnownVisitor(deps, { workspace: q.workspace, visitor }))) return REFUSALS.notFound;
      const addressHash = listed === null ? null : await live.addressHashOf(q);
      return reply(
        directory
          .blocks(actor.workspace)
          .filter(({ kind, ...block }) => (kind === 'address' ? block.addressHash === addressHash : block.what === visitor))
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
    summary: 'Blocks of the workspace that hold now, newest first',
    handle: async ({ actor, query }) => reply(directory.blocks(actor.workspace).slice(0, query.limit).map(blockOf)),
  });

  guarded({
    method: 'post',
    path: '/blocks',
    tag: 'Blocks',
    access: 'visitors.block',
    status: 201,
    body: BlockRangeBody,
    answer: BlockAnswer,
    refuses: [409],
    summary: 'Block an address or a range of addresses; sockets it meets close',
    about: `A range is kept as typed, and may be as wide as /${WIDEST[4]}, IPv6 /${WIDEST[6]}. At most ${MOST_RANGES}: then 409 \`too_many\`.`,
    async handle({ actor, body }) {
      const cidr = parseCidr(body.range);
      if (cidr === null) return invalid({ range: 'an address or a range such as 203.0.113.0/24 is needed' });
      if (cidr.bits < WIDEST[cidr.base.family]) return invalid({ range: `at most /${WIDEST[cidr.base.family]}: this is wider` });
      return add(actor, body, { kind: 'range', addressHash: '', what: body.range, label: '' });
    },
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
      // One that came from a conversation has its id: there the visitor may write again too.
      if (block.kind === 'visitor')
        await chat.request({
          do: 'act',
          workspace: actor.workspace,
          conversation: block.id,
          command: { c: 'unblock', by: { kind: 'agent', id: actor.user.id } },
        });
      return reply(undefined);
    },
  });
}
