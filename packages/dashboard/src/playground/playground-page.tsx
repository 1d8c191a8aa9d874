import '../settings/settings.css';
import '../settings/settings-more.css';
import './playground.css';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { mayChangeSettings, useMe } from '../app/session.ts';
import { t } from '../messages/catalogue.ts';
import { Select } from '../settings/setting.tsx';
import { FailureNote } from '../ui/failure.tsx';
import { Icon } from '../ui/icons.tsx';
import { listOr } from '../words/names.ts';
import { LookEditor } from './look-editor.tsx';
import { SaveBar } from './save-bar.tsx';
import { Stage } from './stage.tsx';
import { useLook } from './use-look.ts';

type Pane = 'preview' | 'look';

/** The site's real widget beside what can be chosen about it. What is written in it is a conversation like any other, marked Playground. */
export function PlaygroundPage() {
  const me = useMe();
  const navigate = useNavigate({ from: '/playground' });
  const { history } = useRouter();
  const { site: asked } = useSearch({ from: '/app/playground' });
  const site = me.sites.find((one) => one.id === asked) ?? me.sites[0];
  useEffect(() => {
    document.title = t.shell.pageTitle(t.look.title, me.workspace.name);
  }, [me.workspace.name]);
  if (!site) return null;
  return (
    <div className="playground">
      <header className="playground-head">
        <div>
          <h1>{t.look.title}</h1>
          <p>{t.look.text}</p>
        </div>
        {me.sites.length > 1 && (
          <Select
            label={t.look.site}
            value={site.id}
            options={me.sites.map((one) => ({ value: one.id, word: one.name }))}
            onChange={(id) => void navigate({ search: { site: id } })}
            testId="playground-site"
          />
        )}
        <p className="hint playground-marked">
          {t.look.marked}{' '}
          <a
            href="/inbox?source=playground"
            onClick={(event) => {
              if (event.ctrlKey || event.metaKey || event.shiftKey) return;
              event.preventDefault();
              history.push('/inbox?source=playground');
            }}
          >
            {t.look.conversations}
          </a>
        </p>
      </header>
      <Bench key={site.id} id={site.id} />
    </div>
  );
}

function Bench({ id }: { readonly id: string }) {
  const me = useMe();
  const site = me.sites.find((one) => one.id === id);
  const hand = useLook(id);
  const [pane, setPane] = useState<Pane>('preview');
  const mayChange = mayChangeSettings(me);
  if (!site) return null;
  if (!hand.look) {
    return (
      <div className="playground-wait" aria-busy={!hand.failure}>
        {hand.failure ? (
          <>
            <FailureNote failure={hand.failure} />
            <button className="button" type="button" onClick={hand.again}>
              <Icon name="retry" size="sm" />
              {t.look.tryAgain}
            </button>
          </>
        ) : (
          <span className="skeleton" />
        )}
      </div>
    );
  }
  const choice = (one: Pane, word: string) => (
    <button type="button" aria-pressed={pane === one} data-testid={`pane-${one}`} onClick={() => setPane(one)}>
      {word}
    </button>
  );
  return (
    <div className="playground-bench" data-pane={pane}>
      <div className="segmented playground-panes" role="group" aria-label={t.look.panes}>
        {choice('preview', t.look.panePreview)}
        {choice('look', t.look.paneLook)}
      </div>
      <Stage site={site} look={hand.look} />
      <aside className="playground-side" aria-label={t.look.paneLook}>
        <div className="playground-settings">
          {!mayChange && (
            <p className="hint playground-readonly">
              <Icon name="lock" size="sm" />
              {t.look.readOnly(listOr(me.admins))}
            </p>
          )}
          <LookEditor look={hand.look} change={hand.change} mayChange={mayChange} />
        </div>
        {mayChange && <SaveBar hand={hand} />}
      </aside>
    </div>
  );
}
