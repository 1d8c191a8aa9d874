import { can } from '@foyer/domain';
import { ChatAgentPatch, type ChatColleague, ChatSettingsPatch, TeamBody } from '@foyer/protocol';
import { applyChatSettings } from '../../../chat/settings.ts';
import type { Actor } from '../../../team/sessions.ts';
import { freshId } from '../../../team/tokens.ts';
import { ChatSettingsAnswer, ChatTeamAnswer, ChatTeamsAnswer, ColleagueAnswer, ColleaguesAnswer } from '../chat-answers.ts';
import type { HttpDeps } from '../deps.ts';
import type { Endpoints } from '../endpoint.ts';
import { invalid, REFUSALS, refuse, type Refusal, reply } from '../replies.ts';

const MOST_TEAMS = 100;

/** Who chats: teams, agents, and the rules they chat by. */
export function chatTeamRoutes({ guarded }: Endpoints, { chats, chat, team, directory, store, clock }: HttpDeps): void {
  const audit = (actor: Actor, action: string, detail: string): Promise<void> =>
    store.audit({ workspace: actor.workspace, user: actor.user.id, at: clock.now(), action, detail });
  const written = (workspace: string): void => {
    chat.changed(workspace);
    directory.keepingChanged(workspace, 'chat');
  };
  /** One change of settings after the other, so that two at once do not lose one another. */
  let turn: Promise<unknown> = Promise.resolve();
  function inTurn<T>(change: () => Promise<T>): Promise<T> {
    const done = turn.then(change);
    turn = done.catch(() => undefined);
    return done;
  }
  async function strangers(workspace: string, members: readonly string[]): Promise<Refusal | null> {
    const known = new Set((await team.members(workspace)).map(({ id }) => id));
    const stranger = members.findIndex((id) => !known.has(id));
    return stranger < 0 ? null : invalid({ [`members.${stranger}`]: 'nobody by that id is in the workspace' });
  }

  async function colleagues(workspace: string): Promise<ChatColleague[]> {
    const [members, agents, teams] = await Promise.all([team.members(workspace), chats.agents(workspace), chats.teams(workspace)]);
    const { capacity } = chat.settings(workspace);
    const { byAgent } = chat.counts(workspace);
    const recordOf = new Map(agents.map((agent) => [agent.id, agent]));
    return members
      .map(({ id, name }): ChatColleague => {
        const own = recordOf.get(id);
        return {
          id,
          name,
          availability: chat.availability(workspace, id),
          available: own?.available ?? 'online',
          load: byAgent.get(id) ?? 0,
          capacity: own?.capacity ?? capacity,
          ownCapacity: own?.capacity ?? null,
          teams: teams.filter((one) => one.members.includes(id)).map((one) => one.id),
        };
      })
      .sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1));
  }

  guarded({
    method: 'get',
    path: '/chat/teams',
    tag: 'Chat team',
    access: 'chat',
    status: 200,
    answer: ChatTeamsAnswer,
    summary: 'Teams that chats can be given to, by name',
    handle: async ({ actor }) => reply(await chats.teams(actor.workspace)),
  });

  guarded({
    method: 'post',
    path: '/chat/teams',
    tag: 'Chat team',
    access: 'settings.change',
    status: 201,
    body: TeamBody,
    answer: ChatTeamAnswer,
    refuses: [409],
    summary: 'Make a team',
    about: `At most ${MOST_TEAMS}.`,
    async handle({ actor, body }) {
      const problem = await strangers(actor.workspace, body.members);
      if (problem) return problem;
      const made = { id: freshId(clock.now()), name: body.name, members: [...new Set(body.members)] };
      if ((await chats.putTeam({ workspace: actor.workspace, team: made, most: MOST_TEAMS })) !== true)
        return refuse(409, 'too_many', `There are ${MOST_TEAMS} teams already. Delete one first.`);
      written(actor.workspace);
      await audit(actor, 'chat_team.add', made.name);
      return reply(made);
    },
  });

  guarded({
    method: 'put',
    path: '/chat/teams/:id',
    tag: 'Chat team',
    access: 'settings.change',
    status: 200,
    body: TeamBody,
    answer: ChatTeamAnswer,
    summary: 'Change the name and members of a team',
    async handle({ actor, body, param }) {
      const before = (await chats.teams(actor.workspace)).find(({ id }) => id === param('id'));
      if (before === undefined) return REFUSALS.notFound;
      // Who has left the workspace since may stay named: nobody is refused for somebody else's going.
      const problem = await strangers(
        actor.workspace,
        body.members.filter((id) => !before.members.includes(id)),
      );
      if (problem) return problem;
      const after = { id: before.id, name: body.name, members: [...new Set(body.members)] };
      await chats.putTeam({ workspace: actor.workspace, team: after, most: MOST_TEAMS + 1 });
      written(actor.workspace);
      await audit(actor, 'chat_team.change', after.name);
      return reply(after);
    },
  });

  guarded({
    method: 'delete',
    path: '/chat/teams/:id',
    tag: 'Chat team',
    access: 'settings.change',
    status: 204,
    summary: 'Delete a team; its waiting conversations wait for whoever is there',
    async handle({ actor, param }) {
      const found = (await chats.teams(actor.workspace)).find(({ id }) => id === param('id'));
      if (found === undefined || !(await chats.deleteTeam({ workspace: actor.workspace, id: found.id }))) return REFUSALS.notFound;
      written(actor.workspace);
      await audit(actor, 'chat_team.delete', found.name);
      return reply(undefined);
    },
  });

  guarded({
    method: 'get',
    path: '/chat/agents',
    tag: 'Chat team',
    access: 'chat',
    status: 200,
    answer: ColleaguesAnswer,
    summary: 'Every member, by name: available or not, with how many chats of how many',
    handle: async ({ actor }) => reply(await colleagues(actor.workspace)),
  });

  guarded({
    method: 'patch',
    path: '/chat/agents/:id',
    tag: 'Chat team',
    access: 'chat',
    status: 200,
    body: ChatAgentPatch,
    answer: ColleagueAnswer,
    summary: 'Change an agent’s availability or capacity; what is not said stays',
    about: 'Everybody their own availability. Capacity, and other agents, are for owners and admins.',
    async handle({ actor, body, param }) {
      const { workspace, user, role } = actor;
      const id = param('id');
      if ((id !== user.id || body.capacity !== undefined) && !can(role, 'settings.change')) return REFUSALS.notAllowed;
      if (!(await team.members(workspace)).some((member) => member.id === id)) return REFUSALS.notFound;
      const before = (await chats.agents(workspace)).find((agent) => agent.id === id);
      const { available = before?.available ?? 'online', capacity = before?.capacity ?? null } = body;
      await chats.putAgent({ workspace, id, capacity, available });
      written(workspace);
      if (id !== user.id || body.capacity !== undefined) await audit(actor, 'chat_agent.change', `${id}: ${JSON.stringify(body)}`);
      const after = (await colleagues(workspace)).find((one) => one.id === id);
      return after === undefined ? REFUSALS.notFound : reply(after);
    },
  });

  guarded({
    method: 'get',
    path: '/chat/settings',
    tag: 'Chat team',
    access: 'chat',
    status: 200,
    answer: ChatSettingsAnswer,
    summary: 'The rules of chat: working hours, assignment, capacity and more',
    handle: async ({ actor }) => reply(await chats.settings(actor.workspace)),
  });

  guarded({
    method: 'patch',
    path: '/chat/settings',
    tag: 'Chat team',
    access: 'settings.change',
    status: 200,
    body: ChatSettingsPatch,
    answer: ChatSettingsAnswer,
    summary: 'Change the rules of chat; what is not said stays',
    async handle({ actor, body }) {
      const { workspace } = actor;
      const settings = await inTurn(async () => {
        const after = applyChatSettings(await chats.settings(workspace), body);
        await chats.putSettings({ workspace, settings: after });
        return after;
      });
      written(workspace);
      await audit(actor, 'chat_settings.change', JSON.stringify(body).slice(0, 2_000));
      return reply(settings);
    },
  });
}
