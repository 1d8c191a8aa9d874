import { type ReactNode, useEffect } from 'react';
import { useMe } from '../app/session.ts';
import { t } from '../messages/catalogue.ts';
import { Icon } from '../ui/icons.tsx';

export type SaveState = 'idle' | 'saving' | 'saved';

/** Title of a page of settings, with *Saved* where the eye already is. */
export function SettingsHead({
  title,
  text,
  state = 'idle',
  children,
}: {
  readonly title: string;
  readonly text: string;
  readonly state?: SaveState;
  readonly children?: ReactNode;
}) {
  const me = useMe();
  useEffect(() => {
    document.title = t.settings.pageTitle(title, me.workspace.name);
  }, [title, me.workspace.name]);
  return (
    <header className="settings-head">
      <div>
        <h1>{title}</h1>
        <p>{text}</p>
      </div>
      <span className="saved" role="status" data-testid="saved" data-state={state}>
        {state === 'saved' ? (
          <>
            <Icon name="check" size="sm" />
            {t.settings.saved}
          </>
        ) : state === 'saving' ? (
          <span className="muted">{t.settings.saving}</span>
        ) : (
          ''
        )}
      </span>
      {children}
    </header>
  );
}
