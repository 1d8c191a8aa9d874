import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { type FormEvent, useEffect } from 'react';
import { api } from '../api/foyer-api.ts';
import { beginSession } from '../app/session.ts';
import { FailureNote } from '../ui/failure.tsx';
import { Field } from './field.tsx';

/** Only a path of this page: a sent link must not lead elsewhere after sign-in. */
const safeNext = (next: string | undefined): string =>
  next && /^\/(?![/\\])/.test(next) && !next.startsWith('/login') ? next : '/visitors';

export function LoginPage() {
  const navigate = useNavigate();
  const router = useRouter();
  const next = useSearch({ strict: false, select: (search) => search.next });
  const setup = useQuery({ queryKey: ['setup'], queryFn: api.setupState, staleTime: 10_000, retry: false });
  const login = useMutation({
    mutationFn: async (body: { email: string; password: string }) => {
      beginSession(await api.login(body));
    },
    onSuccess: () => router.history.push(safeNext(next)),
  });
  useEffect(() => {
    document.title = 'Sign in · Foyer';
  }, []);
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    login.mutate({ email: String(form.get('email') ?? ''), password: String(form.get('password') ?? '') });
  };
  if (setup.data?.needed) {
    return (
      <>
        <h1>Almost there</h1>
        <p>
          Foyer has no account yet. Open the set-up link that it printed when it started; it ends with{' '}
          <span className="mono">/setup#token=…</span>
        </p>
        <button className="button button-lg button-block" type="button" onClick={() => void navigate({ to: '/setup' })}>
          I have the link's token
        </button>
      </>
    );
  }
  return (
    <>
      <h1>Sign in</h1>
      <p>{location.host}</p>
      <form onSubmit={onSubmit}>
        <FailureNote failure={login.error} />
        <Field label="E-mail" name="email" type="email" autoComplete="username" required autoFocus />
        <Field label="Password" name="password" type="password" autoComplete="current-password" required />
        <button className="button button-primary button-lg button-block" type="submit" disabled={login.isPending}>
          {login.isPending ? 'Signing in…' : 'Sign in'}
        </button>
      </form>
    </>
  );
}
