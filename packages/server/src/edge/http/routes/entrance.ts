/** Ways in and out: set-up, login, logout, invitations seen from outside. */
import { AcceptBody, INVITE_HEADER, LoginBody, type Me, SetupBody } from '@foyer/protocol';
import { can } from '@foyer/domain';
import type { Actor, SignedIn } from '../../../team/sessions.ts';
import { sessionCookie } from '../../../team/session-cookie.ts';
import { InviteStateAnswer, MeAnswer, SetupStateAnswer } from '../answers.ts';
import type { Client, HttpDeps } from '../deps.ts';
import type { Endpoints } from '../endpoint.ts';
import { invalid, REFUSALS, refuse, reply, type Refusal, type Reply } from '../replies.ts';
import { settingsFor, siteOf } from '../shapes.ts';

const USED_LINK = refuse(409, 'used_or_expired', 'This link has been used, is over, or was replaced by a newer one.');

export function entranceRoutes({ open, guarded }: Endpoints, deps: HttpDeps): void {
  const { sessions, setup, team } = deps;
  const isSecure = (client: Client): boolean => client.secure || deps.config.publicUrl.startsWith('https:');

  async function welcome(signedIn: SignedIn, client: Client): Promise<Reply<Me>> {
    const cookie = sessionCookie({ token: signedIn.token, maxAgeS: signedIn.maxAgeS, secure: isSecure(client) });
    return reply(await meOf(signedIn.actor, deps), { 'set-cookie': cookie });
  }

  open({
    method: 'get',
    path: '/setup',
    tag: 'Entrance',
    access: 'anybody',
    status: 200,
    answer: SetupStateAnswer,
    summary: 'Is there an account yet?',
    handle: async () => reply({ needed: await setup.isNeeded() }),
  });

  open({
    method: 'post',
    path: '/setup',
    tag: 'Entrance',
    access: 'anybody',
    status: 201,
    body: SetupBody,
    answer: MeAnswer,
    refuses: [409, 429],
    summary: 'Make the first account, its workspace and its first site, and sign in',
    about: '`token` is what follows `#token=` in the link that the server printed when it started.',
    async handle({ body, client }): Promise<Reply<Me> | Refusal> {
      const done = await setup.complete(body, client.addressHash);
      if (done.ok) return welcome(done.value, client);
      switch (done.error) {
        case 'bad_domain':
          return invalid({ 'site.domain': 'a host name is needed, such as shop.example.com' });
        case 'already_set_up':
          return refuse(409, 'already_set_up', 'There is an account already. Sign in, or ask for an invitation.');
        case 'used_or_expired':
          return USED_LINK;
        case 'busy':
          return REFUSALS.busy;
      }
    },
  });

  open({
    method: 'post',
    path: '/login',
    tag: 'Entrance',
    access: 'anybody',
    status: 200,
    body: LoginBody,
    answer: MeAnswer,
    refuses: [429],
    summary: 'Sign in',
    about:
      'Answers a session cookie, `foyer_session`; send it with everything else. 401 `bad_credentials` when e-mail or password is wrong.',
    async handle({ body, client }): Promise<Reply<Me> | Refusal> {
      const done = await sessions.login({ ...body, addressHash: client.addressHash });
      if (done.ok) return welcome(done.value, client);
      const refusal = done.error;
      switch (refusal.code) {
        case 'bad_credentials':
          return refuse(401, 'bad_credentials', 'E-mail or password is wrong.');
        case 'too_many_tries':
          return refuse(429, 'too_many_tries', 'Too many tries. Wait a moment.', { retryAfterMs: refusal.retryAfterMs });
        case 'busy':
          return REFUSALS.busy;
      }
    },
  });

  guarded({
    method: 'post',
    path: '/logout',
    tag: 'Entrance',
    access: 'member',
    status: 204,
    summary: 'End this session; its consoles close within a second',
    async handle({ actor, client }) {
      await sessions.logout(actor);
      return reply(undefined, { 'set-cookie': sessionCookie({ token: '', maxAgeS: 0, secure: isSecure(client) }) });
    },
  });

  guarded({
    method: 'get',
    path: '/me',
    tag: 'Entrance',
    access: 'member',
    status: 200,
    answer: MeAnswer,
    summary: 'Who is signed in, and what their workspace is',
    handle: async ({ actor }) => reply(await meOf(actor, deps)),
  });

  open({
    method: 'get',
    path: '/invite',
    tag: 'Entrance',
    access: 'anybody',
    status: 200,
    answer: InviteStateAnswer,
    refuses: [404],
    summary: 'What an invitation is for',
    about: `The token goes in the header \`${INVITE_HEADER}\`, not in the address, because addresses end up in logs.`,
    async handle({ request }) {
      const found = await team.look(request.headers.get(INVITE_HEADER) ?? '');
      return found === null ? REFUSALS.notFound : reply(found);
    },
  });

  open({
    method: 'post',
    path: '/invite',
    tag: 'Entrance',
    access: 'anybody',
    status: 201,
    body: AcceptBody,
    answer: MeAnswer,
    refuses: [409, 429],
    summary: 'Accept an invitation and sign in',
    async handle({ body, client }): Promise<Reply<Me> | Refusal> {
      const done = await team.accept(body, client.addressHash);
      if (done.ok) return welcome(done.value, client);
      switch (done.error) {
        case 'used_or_expired':
          return USED_LINK;
        case 'other_email':
          return invalid({ email: 'this invitation is for another e-mail' });
        case 'email_taken':
          return refuse(409, 'email_taken', 'There is an account with this e-mail.', { fields: { email: 'is taken' } });
        case 'busy':
          return REFUSALS.busy;
      }
    },
  });
}

async function meOf(actor: Actor, { directory, team, placesBy }: HttpDeps): Promise<Me> {
  const workspace = directory.workspace(actor.workspace);
  if (workspace === null) throw new Error(`a session of workspace ${actor.workspace}, which the directory does not hold`);
  const members = await team.members(actor.workspace);
  return {
    user: actor.user,
    role: actor.role,
    workspace: { id: workspace.id, name: workspace.name, trackingInPlan: workspace.trackingInPlan },
    sites: directory.sites(actor.workspace).map(siteOf),
    settings: settingsFor(actor.role, workspace.settings),
    placesBy: placesBy(),
    admins: members.filter((member) => can(member.role, 'settings.change')).map((member) => member.name),
  };
}
