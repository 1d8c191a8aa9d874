import type { Availability, ChatSettings, ChatTeam } from '@foyer/protocol';
import type { AgentRecord, ChatStore } from '../ports/chat-store.ts';
import type { TeamStore } from '../ports/team-store.ts';
import { newChatSettings } from './settings.ts';

interface Known {
  readonly names: ReadonlyMap<string, string>;
  readonly agents: ReadonlyMap<string, AgentRecord>;
  readonly teams: readonly ChatTeam[];
  readonly settings: ChatSettings;
}
const NOBODY: Known = { names: new Map(), agents: new Map(), teams: [], settings: newChatSettings() };

/**
 * Roster — members, teams, what agents have chosen and the chat settings of each workspace, in memory.
 *
 * Read whole at the start and whenever somebody says that they were written; until then what was read last holds.
 */
export class Roster {
  readonly #store: Pick<ChatStore, 'agents' | 'teams' | 'settings' | 'putAgent'>;
  readonly #team: Pick<TeamStore, 'members'>;
  readonly #known = new Map<string, Known>();
  /** Names outlive membership: what somebody said keeps their face as long as this process runs. */
  readonly #names = new Map<string, string>();
  /** Since what was read last. */
  readonly #assignedAt = new Map<string, number>();

  constructor(options: { store: Pick<ChatStore, 'agents' | 'teams' | 'settings' | 'putAgent'>; team: Pick<TeamStore, 'members'> }) {
    this.#store = options.store;
    this.#team = options.team;
  }

  async read(workspace: string): Promise<void> {
    const [members, agents, teams, settings] = await Promise.all([
      this.#team.members(workspace),
      this.#store.agents(workspace),
      this.#store.teams(workspace),
      this.#store.settings(workspace),
    ]);
    for (const { id, name } of members) this.#names.set(id, name);
    this.#known.set(workspace, {
      names: new Map(members.map(({ id, name }) => [id, name])),
      agents: new Map(agents.map((agent) => [agent.id, agent])),
      teams,
      settings,
    });
  }

  settings(workspace: string): ChatSettings {
    return this.#of(workspace).settings;
  }

  members(workspace: string): Iterable<string> {
    return this.#of(workspace).names.keys();
  }

  hasMember(workspace: string, user: string): boolean {
    return this.#of(workspace).names.has(user);
  }

  hasTeam(workspace: string, team: string): boolean {
    return this.#of(workspace).teams.some(({ id }) => id === team);
  }

  teamsOf(workspace: string, user: string): string[] {
    return this.#of(workspace)
      .teams.filter(({ members }) => members.includes(user))
      .map(({ id }) => id);
  }

  nameOf(user: string): string {
    return this.#names.get(user) ?? '';
  }

  chosen(workspace: string, user: string): Availability {
    return this.#of(workspace).agents.get(user)?.available ?? 'online';
  }

  capacity(workspace: string, user: string): number {
    const { agents, settings } = this.#of(workspace);
    return agents.get(user)?.capacity ?? settings.capacity;
  }

  lastAssignedAt(workspace: string, user: string): number {
    return Math.max(this.#assignedAt.get(`${workspace}\n${user}`) ?? 0, this.#of(workspace).agents.get(user)?.lastAssignedAt ?? 0);
  }

  /** The queue goes round: who was given something last is given the next one last. */
  assigned(workspace: string, user: string, at: number): void {
    this.#assignedAt.set(`${workspace}\n${user}`, at);
  }

  /** Their own choice; a capacity that was set for them stays. */
  async choose(workspace: string, user: string, available: Availability): Promise<void> {
    const agents = await this.#store.agents(workspace);
    const capacity = agents.find(({ id }) => id === user)?.capacity ?? null;
    await this.#store.putAgent({ workspace, id: user, capacity, available });
    await this.read(workspace);
  }

  #of(workspace: string): Known {
    return this.#known.get(workspace) ?? NOBODY;
  }
}
