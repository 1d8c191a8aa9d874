import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import { api } from '../api/foyer-api.ts';
import { ApiFailure } from '../api/request.ts';
import { beginSession } from '../app/session.ts';
import { FailureNote } from '../ui/failure.tsx';
import { ROLE_WORDS } from '../words/names.ts';
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
    document.title = 'Join · Foyer';
  }, []);
  const problems = accept.error instanceof ApiFailure ? accept.error.fields : {};
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
        <h1>This invitation does not work</h1>
        <p>It was used, it is over, or part of the link is missing. Ask whoever invited you for a new one.</p>
        <Link className="button button-lg button-block" to="/login">
          I have an account
        </Link>
      </>
    );
  }
  if (!invite.data) return <h1 aria-busy="true">Join</h1>;
  const { workspace, role, email } = invite.data;
  return (
    <>
      <h1>Join {workspace}</h1>
      <p>You are invited as an {ROLE_WORDS[role]}.</p>
      <form onSubmit={onSubmit}>
        <FailureNote failure={Object.keys(problems).length > 0 ? null : accept.error} />
        <Field label="Your name" name="name" autoComplete="name" required maxLength={120} autoFocus problem={problems['name']} />
        <Field
          label="E-mail"
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
          {accept.isPending ? 'Joining…' : `Join ${workspace}`}
        </button>
      </form>
    </>
  );
}
