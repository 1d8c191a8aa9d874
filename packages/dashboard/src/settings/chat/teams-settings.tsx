import { AVAILABILITIES, type Availability, CHAT_LIMITS, type ChatColleague, type ChatTeam } from '@foyer/protocol';
import { useSuspenseQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { chatApi } from '../../api/chat-api.ts';
import { chatAgentsQuery, chatSettingsQuery, chatTeamsQuery } from '../../api/chat-queries.ts';
import { queryClient } from '../../app/query-client.ts';
import { useMe } from '../../app/session.ts';
import { t } from '../../messages/catalogue.ts';
import { number } from '../../messages/format.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { FailureNote, problemsOf, showFailure } from '../../ui/failure.tsx';
import { Icon } from '../../ui/icons.tsx';
import { showToast } from '../../ui/toast.tsx';
import { Select } from '../setting.tsx';
import { SettingsHead } from '../settings-head.tsx';
import { ChatPage } from './chat-page.tsx';

export function TeamsSettings() {
  return (
    <ChatPage>
      <Page />
    </ChatPage>
  );
}
const readAgain = (): Promise<unknown> => queryClient.invalidateQueries({ queryKey: ['chat'] });

function Page() {
  const { data: teams } = useSuspenseQuery(chatTeamsQuery);
  const { data: agents } = useSuspenseQuery(chatAgentsQuery);
  const { data: settings } = useSuspenseQuery(chatSettingsQuery);
  const [editing, setEditing] = useState<string | null>(null);
  const words = t.chatSettings.teams;
  const remove = async (team: ChatTeam): Promise<void> => {
    await chatApi.removeTeam(team.id).then(() => showToast({ text: words.removed(team.name) }), showFailure);
    await readAgain();
  };
  const isNew = editing === '';
  return (
    <>
      <SettingsHead title={t.settings.pages.teams} text={words.text}>
        <button className="button" type="button" data-testid="add-team" aria-expanded={isNew} onClick={() => setEditing(isNew ? null : '')}>
          <Icon name="plus" />
          {words.add}
        </button>
      </SettingsHead>
      <section className="setting-group">
        <h2>{words.teams}</h2>
        {isNew && <TeamForm agents={agents} team={null} onDone={() => setEditing(null)} />}
        {teams.length === 0 && !isNew ? (
          <div className="card setting">
            <p className="hint">{words.none}</p>
          </div>
        ) : (
          <ul className="teams">
            {teams.map((team) =>
              editing === team.id ? (
                <li key={team.id}>
                  <TeamForm agents={agents} team={team} onDone={() => setEditing(null)} />
                </li>
              ) : (
                <TeamLine key={team.id} team={team} agents={agents} onEdit={() => setEditing(team.id)} onRemove={() => void remove(team)} />
              ),
            )}
          </ul>
        )}
      </section>
      <section className="setting-group">
        <h2>{words.agents}</h2>
        <ul className="card people-card">
          {agents.map((agent) => (
            <AgentLine key={agent.id} agent={agent} teams={teams} standard={settings.capacity} />
          ))}
        </ul>
      </section>
    </>
  );
}

function TeamLine({
  team,
  agents,
  onEdit,
  onRemove,
}: {
  readonly team: ChatTeam;
  readonly agents: readonly ChatColleague[];
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}) {
  const words = t.chatSettings.teams;
  const [asked, setAsked] = useState(false);
  const members = agents.filter((agent) => team.members.includes(agent.id));
  return (
    <li className="card setting team-line" data-testid="team" data-team={team.id}>
      <div>
        <p className="name truncate">{team.name}</p>
        {members.length === 0 ? (
          <p className="field-problem">{words.noMembers}</p>
        ) : (
          <p className="hint team-members">
            <span className="team-faces" aria-hidden="true">
              {members.slice(0, 6).map((member) => (
                <Avatar key={member.id} name={member.name} size="sm" />
              ))}
            </span>
            {words.memberCount(members.length)}
          </p>
        )}
      </div>
      <button className="button button-sm" type="button" aria-label={`${words.edit} ${team.name}`} onClick={onEdit}>
        {words.edit}
      </button>
      <button
        className={asked ? 'button button-sm button-danger' : 'icon-button'}
        type="button"
        aria-label={words.remove(team.name)}
        onBlur={() => setAsked(false)}
        onClick={() => (asked ? onRemove() : setAsked(true))}
      >
        {asked ? words.removeSure : <Icon name="trash" />}
      </button>
    </li>
  );
}

function TeamForm({
  team,
  agents,
  onDone,
}: {
  readonly team: ChatTeam | null;
  readonly agents: readonly ChatColleague[];
  readonly onDone: () => void;
}) {
  const words = t.chatSettings.teams;
  const [failure, setFailure] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const body = { name: String(form.get('name') ?? '').trim(), members: form.getAll('member').map(String) };
    setBusy(true);
    try {
      await (team ? chatApi.saveTeam(team.id, body) : chatApi.addTeam(body));
      await readAgain();
      onDone();
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  };
  const problem = problemsOf(failure)['name'];
  return (
    <form
      className="card team-form"
      data-testid="team-form"
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => event.key === 'Escape' && onDone()}
    >
      {!problem && <FailureNote failure={failure} />}
      <label>
        <span className="label">{words.name}</span>
        <input
          className="field"
          name="name"
          required
          maxLength={60}
          autoFocus
          autoComplete="off"
          dir="auto"
          defaultValue={team?.name ?? ''}
          placeholder={words.nameExample}
          aria-invalid={problem ? true : undefined}
        />
      </label>
      {problem && <p className="field-problem">{problem}</p>}
      <fieldset className="member-choice">
        <legend className="label">{words.members}</legend>
        {agents.map((agent) => (
          <label key={agent.id}>
            <input type="checkbox" name="member" value={agent.id} defaultChecked={team?.members.includes(agent.id) ?? false} />
            <Avatar name={agent.name} size="sm" />
            <bdi className="truncate">{agent.name}</bdi>
          </label>
        ))}
      </fieldset>
      <span className="add-actions">
        <button className="button button-primary" type="submit" disabled={busy}>
          {words.save}
        </button>
        <button className="button button-ghost" type="button" onClick={onDone}>
          {words.cancel}
        </button>
      </span>
    </form>
  );
}

const STATUS: Readonly<Record<Availability, string>> = { online: 'active', away: 'unassigned', offline: 'inactive' };
const OWN_CAPACITIES = [1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 30, 50, CHAT_LIMITS.capacity];

function AgentLine({
  agent,
  teams,
  standard,
}: {
  readonly agent: ChatColleague;
  readonly teams: readonly ChatTeam[];
  readonly standard: number;
}) {
  const words = t.chatSettings.teams;
  const me = useMe();
  const save = async (patch: { capacity?: number | null; available?: Availability }): Promise<void> => {
    queryClient.setQueryData(chatAgentsQuery.queryKey, (list) =>
      list?.map((one) => (one.id === agent.id ? { ...one, ...(patch.available ? { available: patch.available } : {}) } : one)),
    );
    await chatApi.saveAgent(agent.id, patch).catch(showFailure);
    await readAgain();
  };
  const own = agent.ownCapacity;
  const capacities = [...new Set([...OWN_CAPACITIES, ...(own === null ? [] : [own])])].sort((a, b) => a - b);
  const share = Math.min(1, agent.load / Math.max(1, agent.capacity));
  return (
    <li className="setting person agent-line" data-testid="agent" data-agent={agent.id}>
      <span className="agent-face">
        <Avatar name={agent.name} />
        <i className="dot" data-status={STATUS[agent.availability]} />
      </span>
      <div>
        <p className="name truncate">
          {agent.name}
          {agent.id === me.user.id && <span className="muted"> {words.you}</span>}
        </p>
        <p className="hint agent-load">
          <meter
            className="load"
            min={0}
            max={1}
            value={share}
            aria-label={words.loadLabel(agent.name, agent.load, agent.capacity)}
            data-full={agent.load >= agent.capacity || undefined}
          />
          <span className="num">{words.load(agent.load, agent.capacity)}</span>
          <span className="truncate">
            {agent.available !== agent.availability
              ? words.chose(words.availability[agent.available], words.availability[agent.availability])
              : teams
                  .filter((team) => agent.teams.includes(team.id))
                  .map((team) => team.name)
                  .join(', ')}
          </span>
        </p>
      </div>
      <Select
        label={words.availabilityOf(agent.name)}
        value={agent.available}
        options={AVAILABILITIES.map((value) => ({ value, word: words.availability[value] }))}
        onChange={(available) => void save({ available })}
      />
      <Select
        label={words.capacityOf(agent.name)}
        value={own === null ? '' : String(own)}
        options={[{ value: '', word: words.asWorkspace(standard) }, ...capacities.map((n) => ({ value: String(n), word: number(n) }))]}
        onChange={(text) => void save({ capacity: text === '' ? null : Number(text) })}
      />
    </li>
  );
}
