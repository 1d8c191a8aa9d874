import type { Invitation, Member, Role } from '@foyer/protocol';
import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { type FormEvent, Suspense, useState } from 'react';
import { api } from '../api/foyer-api.ts';
import { invitationsQuery, queryClient, teamQuery } from '../app/query-client.ts';
import { useMe } from '../app/session.ts';
import { t } from '../messages/catalogue.ts';
import { FailureNote } from '../ui/failure.tsx';
import { Icon } from '../ui/icons.tsx';
import { initials, roleWord } from '../words/names.ts';
import { day } from '../words/time.ts';
import { Select } from './setting.tsx';
import { SettingsHead } from './settings-head.tsx';
import { Snippet } from './snippet.tsx';

export function TeamSettings() {
  return (
    <div className="settings-page">
      <SettingsHead title={t.settings.pages.team} text={t.settings.team.text} />
      <Suspense fallback={<div className="card" aria-busy="true" style={{ minHeight: 64 }} />}>
        <Members />
        <Invitations />
      </Suspense>
    </div>
  );
}

const readAgain = (): Promise<unknown> =>
  Promise.all([queryClient.invalidateQueries({ queryKey: ['team'] }), queryClient.invalidateQueries({ queryKey: ['invitations'] })]);

function Members() {
  const { data } = useSuspenseQuery(teamQuery);
  const [failure, setFailure] = useState<unknown>(null);
  const act = async (action: () => Promise<unknown>): Promise<void> => {
    setFailure(null);
    await action().catch(setFailure);
    await readAgain();
  };
  return (
    <section className="setting-group">
      <h2>{t.settings.team.members}</h2>
      <FailureNote failure={failure} />
      <ul className="card people-card">
        {data.map((member) => (
          <MemberLine
            key={member.id}
            member={member}
            onRole={(role) => act(() => api.setRole(member.id, role))}
            onRemove={() => act(() => api.removeMember(member.id))}
          />
        ))}
      </ul>
    </section>
  );
}

function MemberLine({
  member,
  onRole,
  onRemove,
}: {
  readonly member: Member;
  readonly onRole: (role: Role) => Promise<void>;
  readonly onRemove: () => Promise<void>;
}) {
  const me = useMe();
  const [asked, setAsked] = useState(false);
  const isMe = member.id === me.user.id;
  const mayChange = !isMe && (me.role === 'owner' || member.role !== 'owner');
  const roles: readonly Role[] = me.role === 'owner' ? ['owner', 'admin', 'agent'] : ['admin', 'agent'];
  return (
    <li className="setting person">
      <span className="avatar avatar-b" aria-hidden="true">
        {initials(member.name)}
      </span>
      <div>
        <p className="name truncate">
          {member.name}
          {isMe && <span className="muted"> {t.settings.team.you}</span>}
        </p>
        <p className="hint truncate">{member.email}</p>
      </div>
      {mayChange ? (
        <Select
          label={t.settings.team.roleOf(member.name)}
          value={member.role}
          options={roles.map((role) => ({ value: role, word: roleWord(role) }))}
          onChange={(role) => void onRole(role)}
        />
      ) : (
        <span className="role-word">{roleWord(member.role)}</span>
      )}
      {/* Removing a member ends their sessions and cannot be undone, so it takes a second press. */}
      {mayChange && (
        <button
          className={asked ? 'button button-sm button-danger' : 'icon-button'}
          type="button"
          aria-label={t.settings.team.remove(member.name)}
          onBlur={() => setAsked(false)}
          onClick={() => (asked ? void onRemove() : setAsked(true))}
        >
          {asked ? t.settings.team.removeSure : <Icon name="trash" />}
        </button>
      )}
    </li>
  );
}

function Invitations() {
  const { data } = useSuspenseQuery(invitationsQuery);
  const [link, setLink] = useState('');
  const invite = useMutation({
    mutationFn: api.addInvitation,
    onSuccess: async (made) => {
      setLink(made.link);
      await readAgain();
    },
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const email = String(form.get('email') ?? '').trim();
    invite.mutate({ role: form.get('role') === 'admin' ? 'admin' : 'agent', ...(email === '' ? {} : { email }) });
  };
  const remove = async (id: string): Promise<void> => {
    await api.removeInvitation(id).catch(() => undefined);
    await readAgain();
  };
  return (
    <section className="setting-group">
      <h2>{t.settings.team.invite}</h2>
      <form className="card add-form" onSubmit={onSubmit}>
        <FailureNote failure={invite.error} />
        <label>
          <span className="label">
            {t.settings.team.email} <span className="muted">{t.settings.team.optional}</span>
          </span>
          <input className="field" name="email" type="email" maxLength={200} autoComplete="off" placeholder={t.settings.team.anybody} />
        </label>
        <label>
          <span className="label">{t.settings.team.role}</span>
          <span className="select">
            <select className="field" name="role" defaultValue="agent">
              <option value="agent">{roleWord('agent')}</option>
              <option value="admin">{roleWord('admin')}</option>
            </select>
            <Icon name="updown" size="sm" />
          </span>
        </label>
        <span className="add-actions">
          <button className="button button-primary" type="submit" disabled={invite.isPending}>
            {t.settings.team.makeLink}
          </button>
        </span>
        {link !== '' && (
          <div className="new-link" data-testid="invite-link">
            <p className="hint">{t.settings.team.sendLink}</p>
            <Snippet code={link} kind={t.settings.install.link} />
          </div>
        )}
      </form>
      {data.length > 0 && (
        <ul className="card people-card">
          {data.map((one) => (
            <Open key={one.id} invitation={one} onRemove={() => void remove(one.id)} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Open({ invitation, onRemove }: { readonly invitation: Invitation; readonly onRemove: () => void }) {
  const word = invitation.email ?? t.settings.team.anybody;
  return (
    <li className="setting person">
      <span className="avatar avatar-visitor" aria-hidden="true">
        <Icon name="user" size="sm" />
      </span>
      <div>
        <p className="name truncate">{word}</p>
        <p className="hint">{t.settings.team.until(day(invitation.expiresAt, Date.now()))}</p>
      </div>
      <span className="role-word">{roleWord(invitation.role)}</span>
      <button className="icon-button" type="button" aria-label={t.settings.team.takeBack(word)} onClick={onRemove}>
        <Icon name="trash" />
      </button>
    </li>
  );
}
