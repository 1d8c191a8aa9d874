import { useMutation } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import { api } from '../api/foyer-api.ts';
import { ApiFailure } from '../api/request.ts';
import { beginSession } from '../app/session.ts';
import { t } from '../messages/catalogue.ts';
import { FailureNote, problemsOf } from '../ui/failure.tsx';
import { Icon } from '../ui/icons.tsx';
import { domainOf } from '../words/domain.ts';
import { tokenOf } from '../words/token.ts';
import { Field } from './field.tsx';
import { NewPassword } from './new-password.tsx';

/** Opened by the one-time link: the account, the workspace and its first site, in one step. */
export function SetupPage() {
  const navigate = useNavigate();
  const [token, setToken] = useState(() => tokenOf(location.hash));
  const [asks] = useState(token === '');
  const setup = useMutation({
    mutationFn: async (body: Parameters<typeof api.setup>[0]) => {
      beginSession(await api.setup(body));
    },
    onSuccess: () => navigate({ to: '/settings/install' }),
  });
  useEffect(() => {
    document.title = t.entry.setupTitle;
  }, []);
  const problems = problemsOf(setup.error);
  const alreadyDone = setup.error instanceof ApiFailure && setup.error.code === 'already_set_up';

  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const value = (name: string): string => String(form.get(name) ?? '').trim();
    const domain = domainOf(value('domain'));
    setup.mutate({
      token: tokenOf(token),
      workspace: value('workspace'),
      name: value('name'),
      email: value('email'),
      password: String(form.get('password') ?? ''),
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      site: { name: value('site') || domain, domain },
    });
  };
  return (
    <>
      <h1>{t.entry.welcome}</h1>
      <p>{t.entry.firstHere}</p>
      <form onSubmit={onSubmit}>
        <FailureNote failure={Object.keys(problems).length > 0 ? null : setup.error} />
        {alreadyDone && (
          <p>
            <Link to="/login">{t.entry.toSignIn}</Link>
          </p>
        )}
        {asks && (
          <Field
            label={t.entry.token}
            name="token"
            required
            value={token}
            onChange={(event) => setToken(event.target.value)}
            autoComplete="off"
            hint={t.entry.tokenHint}
            problem={problems['token']}
          />
        )}
        <Field
          label={t.entry.workspace}
          name="workspace"
          autoComplete="organization"
          required
          maxLength={120}
          autoFocus={!asks}
          problem={problems['workspace']}
        />
        <Field label={t.entry.name} name="name" autoComplete="name" required maxLength={120} problem={problems['name']} />
        <Field
          label={t.entry.email}
          name="email"
          type="email"
          autoComplete="username"
          required
          maxLength={200}
          problem={problems['email']}
        />
        <NewPassword problem={problems['password']} />
        <div className="field-pair">
          <Field
            label={t.entry.siteName}
            name="site"
            placeholder={t.entry.siteNameExample}
            maxLength={120}
            problem={problems['site.name']}
          />
          <Field
            label={t.entry.domain}
            name="domain"
            placeholder={t.entry.domainExample}
            required
            maxLength={253}
            inputMode="url"
            autoCapitalize="none"
            spellCheck={false}
            problem={problems['site.domain'] ?? problems['domain']}
          />
        </div>
        <button className="button button-primary button-lg button-block" type="submit" disabled={setup.isPending}>
          {setup.isPending ? (
            t.entry.creating
          ) : (
            <>
              {t.entry.create}
              <Icon name="arrow" />
            </>
          )}
        </button>
      </form>
      <p className="hint after-form">{t.entry.trackingLater}</p>
    </>
  );
}
