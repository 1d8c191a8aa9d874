import { InviteBody, MemberPatch } from '@foyer/protocol';
import type { TeamRefusal } from '../../../team/team.ts';
import { InvitationsAnswer, MemberAnswer, MembersAnswer, NewInvitationAnswer } from '../answers.ts';
import type { HttpDeps } from '../deps.ts';
import type { Endpoints } from '../endpoint.ts';
import { REFUSALS, type Refusal, refuse, reply } from '../replies.ts';
import { originOf } from '../same-origin.ts';

export function teamRoutes({ guarded }: Endpoints, { team, config }: HttpDeps): void {
  guarded({
    method: 'get',
    path: '/team',
    tag: 'Team',
    access: 'team.see',
    status: 200,
    answer: MembersAnswer,
    summary: 'Members of the workspace, oldest first',
    handle: async ({ actor }) => reply(await team.members(actor.workspace)),
  });

  guarded({
    method: 'patch',
    path: '/team/:id',
    tag: 'Team',
    access: 'team.manage',
    status: 200,
    body: MemberPatch,
    answer: MemberAnswer,
    refuses: [409],
    summary: "Change a role; the member's consoles reconnect with the new one",
    about: 'Owners are made and changed by owners. 409 `last_owner` when nobody would be one.',
    async handle({ actor, body, param }) {
      const done = await team.setRole(actor, param('id'), body.role);
      return done.ok ? reply(done.value) : refusalOf(done.error);
    },
  });

  guarded({
    method: 'delete',
    path: '/team/:id',
    tag: 'Team',
    access: 'team.manage',
    status: 204,
    refuses: [409],
    summary: 'Remove a member; their sessions end',
    async handle({ actor, param }) {
      const done = await team.remove(actor, param('id'));
      return done.ok ? reply(undefined) : refusalOf(done.error);
    },
  });

  guarded({
    method: 'get',
    path: '/invitations',
    tag: 'Team',
    access: 'team.manage',
    status: 200,
    answer: InvitationsAnswer,
    summary: 'Invitations that can still be accepted, oldest first',
    handle: async ({ actor }) => reply(await team.invitations(actor.workspace)),
  });

  guarded({
    method: 'post',
    path: '/invitations',
    tag: 'Team',
    access: 'team.manage',
    status: 201,
    body: InviteBody,
    answer: NewInvitationAnswer,
    summary: 'Make an invitation link: 7 days, one use, shown once',
    async handle({ actor, body, request, client }) {
      const { invitation, path } = await team.invite(actor, body);
      return reply({ invitation, link: originOf(request, { publicUrl: config.publicUrl, secure: client.secure }) + path });
    },
  });

  guarded({
    method: 'delete',
    path: '/invitations/:id',
    tag: 'Team',
    access: 'team.manage',
    status: 204,
    summary: 'Withdraw an invitation',
    handle: async ({ actor, param }) => ((await team.withdraw(actor, param('id'))) ? reply(undefined) : REFUSALS.notFound),
  });
}

function refusalOf(why: TeamRefusal): Refusal {
  switch (why) {
    case 'not_found':
      return REFUSALS.notFound;
    case 'not_allowed':
      return REFUSALS.notAllowed;
    case 'last_owner':
      return refuse(409, 'last_owner', 'A workspace needs an owner. Make somebody else one first.');
  }
}
