import type { Install, SiteIdentity } from '@foyer/protocol';
import { useState } from 'react';
import { request } from '../../api/request.ts';
import { currentLocale, t } from '../../messages/catalogue.ts';
import { number } from '../../messages/format.ts';
import { copyText } from '../../ui/copy-text.ts';
import { FailureNote } from '../../ui/failure.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Rich } from '../../ui/rich.tsx';
import { day } from '../../words/time.ts';
import { Select } from '../setting.tsx';
import { Snippet } from '../snippet.tsx';
import './identity.css';
import { PAGE_SAMPLE, type SampleLanguage, SAMPLES } from './samples.ts';

const LANGUAGES = Object.keys(SAMPLES) as SampleLanguage[];

/** With what the site's own server proves who its visitors are. The secret is not even loaded before somebody wants it. */
export function VerifiedIdentity({ install }: { readonly install: Install }) {
  const words = t.settings.identity;
  const [language, setLanguage] = useState<SampleLanguage>('Node.js');
  return (
    <section className="setting-group" data-testid="verified-identity" aria-labelledby="verified-identity">
      <h2 id="verified-identity">{words.title}</h2>
      <div className="card">
        <div className="setting">
          <div>
            <p className="hint">
              <Rich text={words.text} />
            </p>
            {install.refusedHashes && (
              <p className="hint" role="status" data-testid="refused-hashes">
                <Icon name="warn" size="sm" />{' '}
                {words.refused(number(install.refusedHashes.count), day(install.refusedHashes.lastAt, Date.now()))}
              </p>
            )}
          </div>
        </div>
        <Secret site={install.site.id} />
        <div className="setting">
          <div>
            <p className="name">{words.server}</p>
            <p className="hint">
              <Rich text={words.serverHint} />
            </p>
          </div>
          <Select
            label={words.language}
            value={language}
            options={LANGUAGES.map((value) => ({ value, word: value }))}
            onChange={setLanguage}
            testId="identity-language"
          />
        </div>
        <Snippet code={SAMPLES[language]} kind={language} label={words.server} testId="identity-server" />
        <div className="setting">
          <div>
            <p className="name">{words.page}</p>
            <p className="hint">{words.pageHint}</p>
          </div>
        </div>
        <Snippet code={PAGE_SAMPLE} kind="JavaScript" label={words.page} testId="identity-page" />
      </div>
    </section>
  );
}

function Secret({ site }: { readonly site: string }) {
  const words = t.settings.identity;
  const [identity, setIdentity] = useState<SiteIdentity | null>(null);
  const [isShown, setShown] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const [isCopied, setCopied] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const path = `/sites/${encodeURIComponent(site)}/identity`;
  const attempt = (work: () => Promise<void>) => (): void => {
    setFailure(null);
    work().catch(setFailure);
  };
  const load = async (): Promise<SiteIdentity> => {
    const loaded = identity ?? (await request<SiteIdentity>(path));
    setIdentity(loaded);
    return loaded;
  };
  const show = attempt(async () => {
    if (!isShown) await load();
    setShown(!isShown);
  });
  const copy = attempt(async () => {
    const { secret } = await load();
    const done = await copyText(secret);
    setCopied(done);
    // For whoever has to copy it by hand.
    if (!done) setShown(true);
  });
  const rotate = attempt(async () => {
    setIdentity(await request<SiteIdentity>(`${path}/rotate`, { method: 'POST', body: {} }));
    setAsking(false);
    setCopied(false);
    setShown(true);
  });
  return (
    <div className="setting">
      <div>
        <p className="name">{words.secret}</p>
        <p className="hint">{words.secretHint}</p>
        <p>
          <code data-testid="identity-secret" className="identity-secret">
            {isShown && identity ? identity.secret : '•'.repeat(24)}
          </code>
        </p>
        {identity && identity.beforeUntil > 0 && (
          <p className="hint" role="status" data-testid="identity-before">
            {words.before(new Date(identity.beforeUntil).toLocaleString(currentLocale(), { dateStyle: 'medium', timeStyle: 'short' }))}
          </p>
        )}
        {isAsking && (
          <p className="hint" role="alert">
            {words.rotateAsk}{' '}
            <button className="button button-sm button-primary" type="button" data-testid="identity-rotate-now" onClick={rotate}>
              {words.rotateNow}
            </button>{' '}
            <button className="button button-sm" type="button" onClick={() => setAsking(false)}>
              {t.settings.install.cancel}
            </button>
          </p>
        )}
        <FailureNote failure={failure} />
      </div>
      <div className="identity-acts">
        <button className="button button-sm" type="button" aria-pressed={isShown} data-testid="identity-show" onClick={show}>
          <Icon name={isShown ? 'eyeoff' : 'eye'} size="sm" />
          {isShown ? words.hide : words.show}
        </button>
        <button className="button button-sm" type="button" data-testid="identity-copy" onClick={copy}>
          <Icon name={isCopied ? 'check' : 'copy'} size="sm" />
          {isCopied ? t.shell.copied : t.shell.copy}
        </button>
        <button className="button button-sm" type="button" data-testid="identity-rotate" onClick={() => setAsking(true)}>
          <Icon name="retry" size="sm" />
          {words.rotate}
        </button>
      </div>
    </div>
  );
}
