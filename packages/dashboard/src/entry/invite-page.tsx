import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import { api } from '../api/foyer-api.ts';
import { beginSession } from '../app/session.ts';
import { t } from '../messages/catalogue.ts';
import { FailureNote, problemsOf } from '../ui/failure.tsx';
import { tokenOf } from '../words/token.ts';
import { Field } from './field.tsx';
import { NewPassword } from './new-password.tsx';

/** Opened by an invitation link: name and password, then straight in. */
export function InvitePage() {
  const navigate = useNavigate();
  const [token] = useState(() => tokenOf(location.hash));
  const invite = useQuery({ queryKey: ['invite', token], queryFn: () => api.invite(token), enabled: token !== '', retry: false });
  const accept = useMutation({
    mutationFn: async (body: { token: string; name: string; email: string; password: string }) => {
      beginSession(await api.acceptInvite(body));
    },
    onSuccess: () => navigate({ to: '/visitors' }),
  });
  useEffect(() => {
    document.title = t.entry.joinTitle;
  }, []);
  const problems = problemsOf(accept.error);
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    accept.mutate({
      token,
      name: String(form.get('name') ?? ''),
      email: String(form.get('email') ?? ''),
      password: String(form.get('password') ?? ''),
    });
  };
  if (token === '' || invite.isError) {
    return (
      <>
        <h1>{t.entry.noInvitation}</h1>
        <p>{t.entry.noInvitationText}</p>
        <Link className="button button-lg button-block" to="/login">
          {t.entry.haveAccount}
        </Link>
      </>
    );
  }
  if (!invite.data) return <h1 aria-busy="true">{t.entry.join}</h1>;
  const { workspace, role, email } = invite.data;
  return (
    <>
      <h1>{t.entry.joinWorkspace(workspace)}</h1>
      <p>{t.entry.invitedAs[role]}</p>
      <form onSubmit={onSubmit}>
        <FailureNote failure={Object.keys(problems).length > 0 ? null : accept.error} />
        <Field label={t.entry.name} name="name" autoComplete="name" required maxLength={120} autoFocus problem={problems['name']} />
        <Field
          label={t.entry.email}
          name="email"
          type="email"
          autoComplete="username"
          required
          defaultValue={email ?? ''}
          readOnly={email !== null}
          problem={problems['email']}
        />
        <NewPassword problem={problems['password']} />
        <button className="button button-primary button-lg button-block" type="submit" disabled={accept.isPending}>
          {accept.isPending ? t.entry.joining : t.entry.joinWorkspace(workspace)}
        </button>
      </form>
    </>
  );
}
