import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { type FormEvent, useEffect } from 'react';
import { api } from '../api/foyer-api.ts';
import { beginSession } from '../app/session.ts';
import { t } from '../messages/catalogue.ts';
import { FailureNote } from '../ui/failure.tsx';
import { Rich } from '../ui/rich.tsx';
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
    document.title = t.entry.signInTitle;
  }, []);
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    login.mutate({ email: String(form.get('email') ?? ''), password: String(form.get('password') ?? '') });
  };
  if (setup.data?.needed) {
    return (
      <>
        <h1>{t.entry.almost}</h1>
        <p>
          <Rich text={t.entry.almostText} />
        </p>
        <button className="button button-lg button-block" type="button" onClick={() => void navigate({ to: '/setup' })}>
          {t.entry.haveToken}
        </button>
      </>
    );
  }
  return (
    <>
      <h1>{t.entry.signIn}</h1>
      <p>{location.host}</p>
      <form onSubmit={onSubmit}>
        <FailureNote failure={login.error} />
        <Field label={t.entry.email} name="email" type="email" autoComplete="username" required autoFocus />
        <Field label={t.entry.password} name="password" type="password" autoComplete="current-password" required />
        <button className="button button-primary button-lg button-block" type="submit" disabled={login.isPending}>
          {login.isPending ? t.entry.signingIn : t.entry.signIn}
        </button>
      </form>
    </>
  );
}
