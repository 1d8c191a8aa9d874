import type { MailBody, MailSettings as Mail } from '@foyer/protocol';
import { useSuspenseQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { chatApi } from '../../api/chat-api.ts';
import { mailQuery } from '../../api/chat-queries.ts';
import { queryClient } from '../../app/query-client.ts';
import { useMe } from '../../app/session.ts';
import { t } from '../../messages/catalogue.ts';
import { isSameDay } from '../../messages/format.ts';
import { FailureNote, messageOf, problemsOf, showFailure } from '../../ui/failure.tsx';
import { Icon } from '../../ui/icons.tsx';
import { showToast } from '../../ui/toast.tsx';
import { day, timeOfDay } from '../../words/time.ts';
import { SettingsHead } from '../settings-head.tsx';
import { ChatPage } from './chat-page.tsx';

export function MailSettings() {
  return (
    <ChatPage>
      <Page />
    </ChatPage>
  );
}

const SECURITIES = ['starttls', 'tls', 'none'] as const;
/** Where servers listen by custom: submission, submission over TLS, a relay. */
const PORTS: Readonly<Record<MailBody['security'], number>> = { starttls: 587, tls: 465, none: 25 };

function Page() {
  const { data: mail } = useSuspenseQuery(mailQuery);
  return (
    <>
      <SettingsHead title={t.settings.pages.mail} text={t.chatSettings.mail.text} />
      {mail.configured ? <On mail={mail} /> : <Off />}
      <ServerForm key={String(mail.configured)} mail={mail} />
      {mail.configured && <Test />}
    </>
  );
}

/** What works less without a mail server, said before somebody misses it. */
function Off() {
  const words = t.chatSettings.mail;
  return (
    <section className="card mail-state" data-testid="mail-state" data-on="false">
      <span className="tracking-mark" data-status="inactive">
        <Icon name="minus" size="lg" />
      </span>
      <div>
        <h2>{words.offTitle}</h2>
        <p>{words.offText}</p>
        <ul>
          {Object.entries(words.off).map(([what, text]) => (
            <li key={what}>{text}</li>
          ))}
        </ul>
      </div>
    </section>
  );
}

function On({ mail }: { readonly mail: Mail }) {
  const words = t.chatSettings.mail;
  const now = Date.now();
  const at = mail.lastErrorAt;
  const time = timeOfDay(at).replace(/:\d\d$/, '');
  return (
    <>
      <section className="card mail-state" data-testid="mail-state" data-on="true">
        <span className="tracking-mark" data-status={mail.lastError === '' ? 'active' : 'unassigned'}>
          <Icon name={mail.lastError === '' ? 'check' : 'warn'} size="lg" />
        </span>
        <div>
          <h2>{words.onTitle}</h2>
          <p>
            {words.onText(mail.fromName === '' ? mail.fromEmail : `${mail.fromName} <${mail.fromEmail}>`)} {words.does}
          </p>
          {mail.queued > 0 && <p className="hint">{words.queued(mail.queued)}</p>}
        </div>
      </section>
      {mail.lastError !== '' && (
        <div className="verdict" data-status="danger" data-testid="mail-error">
          <Icon name="warn" />
          <div>
            <p>{words.lastError(isSameDay(at, now) ? time : `${day(at, now)}, ${time}`)}</p>
            <p className="mono" dir="ltr">
              {mail.lastError}
            </p>
          </div>
        </div>
      )}
    </>
  );
}

function ServerForm({ mail }: { readonly mail: Mail }) {
  const words = t.chatSettings.mail;
  const [security, setSecurity] = useState(mail.configured ? mail.security : 'starttls');
  const [port, setPort] = useState(String(mail.configured ? mail.port : PORTS.starttls));
  const [failure, setFailure] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [asked, setAsked] = useState(false);
  const problems = problemsOf(failure);
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const said = (name: string): string => String(form.get(name) ?? '').trim();
    const password = String(form.get('password') ?? '');
    setBusy(true);
    setFailure(null);
    try {
      const saved = await chatApi.saveMail({
        host: said('host'),
        port: Number(port),
        security,
        user: said('user'),
        fromName: said('fromName'),
        fromEmail: said('fromEmail'),
        ...(password === '' ? {} : { password }),
      });
      queryClient.setQueryData(mailQuery.queryKey, saved);
      showToast({ text: words.saved });
    } catch (error) {
      setFailure(error);
    }
    setBusy(false);
  };
  const turnOff = async (): Promise<void> => {
    await chatApi.removeMail().then(() => showToast({ text: words.turnedOff }), showFailure);
    await queryClient.invalidateQueries(mailQuery);
  };
  const field = (name: string, label: string, hint: string, input: ReactNode) => (
    <label className="mail-field">
      <span className="label">{label}</span>
      {input}
      {problems[name] ? <span className="field-problem">{problems[name]}</span> : hint && <span className="hint">{hint}</span>}
    </label>
  );
  return (
    <form className="mail-form" data-testid="mail-form" onSubmit={(event) => void submit(event)}>
      {Object.keys(problems).length === 0 && <FailureNote failure={failure} />}
      <section className="setting-group">
        <h2>{words.server}</h2>
        <div className="card mail-fields">
          {field(
            'host',
            words.host,
            '',
            <input
              className="field"
              name="host"
              required
              maxLength={253}
              defaultValue={mail.host}
              placeholder={words.hostExample}
              dir="ltr"
              inputMode="url"
              autoCapitalize="none"
              autoComplete="off"
              spellCheck={false}
            />,
          )}
          {field(
            'security',
            words.security,
            security === 'none' ? words.noneHint : '',
            <span className="select">
              <select
                className="field"
                name="security"
                value={security}
                onChange={(event) => {
                  const chosen = SECURITIES.find((one) => one === event.target.value) ?? 'starttls';
                  // The usual port follows, unless somebody has another.
                  if (Number(port) === PORTS[security]) setPort(String(PORTS[chosen]));
                  setSecurity(chosen);
                }}
              >
                {SECURITIES.map((one) => (
                  <option key={one} value={one}>
                    {words.securities[one]}
                  </option>
                ))}
              </select>
              <Icon name="updown" size="sm" />
            </span>,
          )}
          {field(
            'port',
            words.port,
            '',
            <input
              className="field num"
              name="port"
              type="number"
              inputMode="numeric"
              min={1}
              max={65_535}
              required
              value={port}
              onChange={(event) => setPort(event.target.value)}
            />,
          )}
          {field(
            'user',
            words.user,
            words.userHint,
            <input
              className="field"
              name="user"
              maxLength={200}
              defaultValue={mail.user}
              dir="ltr"
              autoCapitalize="none"
              autoComplete="off"
              spellCheck={false}
            />,
          )}
          {field(
            'password',
            words.password,
            words.passwordHint,
            <input
              className="field"
              name="password"
              type="password"
              maxLength={500}
              placeholder={mail.hasPassword ? words.passwordKept : ''}
              // Not one of the agent's own: the browser is not to offer them.
              autoComplete="new-password"
            />,
          )}
        </div>
      </section>
      <section className="setting-group">
        <h2>{words.sender}</h2>
        <div className="card mail-fields">
          {field(
            'fromName',
            words.fromName,
            words.fromNameHint,
            <input className="field" name="fromName" maxLength={80} defaultValue={mail.fromName} dir="auto" autoComplete="off" />,
          )}
          {field(
            'fromEmail',
            words.fromEmail,
            '',
            <input
              className="field"
              name="fromEmail"
              type="email"
              required
              maxLength={200}
              defaultValue={mail.fromEmail}
              placeholder={words.fromExample}
              dir="ltr"
              autoComplete="off"
            />,
          )}
        </div>
      </section>
      <div className="mail-foot">
        <button className="button button-primary" type="submit" disabled={busy} data-testid="save-mail">
          {words.save}
        </button>
        <span className="spacer" />
        {mail.configured && (
          <button
            className={asked ? 'button button-danger' : 'button button-ghost'}
            type="button"
            onBlur={() => setAsked(false)}
            onClick={() => (asked ? void turnOff() : setAsked(true))}
          >
            {asked ? words.turnOffSure : words.turnOff}
          </button>
        )}
      </div>
    </form>
  );
}

function Test() {
  const me = useMe();
  const words = t.chatSettings.mail;
  const [state, setState] = useState<{ readonly kind: 'idle' | 'sending' | 'sent' | 'failed'; readonly text: string }>({
    kind: 'idle',
    text: '',
  });
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const to = String(new FormData(event.currentTarget).get('to') ?? '').trim();
    setState({ kind: 'sending', text: '' });
    await chatApi.testMail(to).then(
      () => setState({ kind: 'sent', text: words.tested(to) }),
      (failure: unknown) => setState({ kind: 'failed', text: messageOf(failure) }),
    );
    await queryClient.invalidateQueries(mailQuery);
  };
  return (
    <section className="setting-group">
      <h2>{words.test}</h2>
      <form className="card mail-test" onSubmit={(event) => void submit(event)}>
        <p className="hint">
          {words.testText} {words.unsaved}
        </p>
        <span className="mail-test-line">
          <input
            className="field"
            type="email"
            name="to"
            required
            maxLength={200}
            defaultValue={me.user.email}
            aria-label={words.testTo}
            dir="ltr"
            autoComplete="off"
          />
          <button className="button" type="submit" disabled={state.kind === 'sending'} data-testid="test-mail">
            {state.kind === 'sending' ? words.testing : words.doTest}
          </button>
        </span>
        <p className={state.kind === 'failed' ? 'error' : 'mail-tested'} role="status" data-testid="test-result" data-kind={state.kind}>
          {state.text !== '' && (
            <>
              <Icon name={state.kind === 'failed' ? 'warn' : 'check'} size="sm" />
              <span>{state.text}</span>
            </>
          )}
        </p>
      </form>
    </section>
  );
}
