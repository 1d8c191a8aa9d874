import type { Site } from '@foyer/protocol';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { installQuery } from '../app/query-client.ts';
import { t } from '../messages/catalogue.ts';
import { Snippet } from '../settings/snippet.tsx';
import { Icon } from '../ui/icons.tsx';
import { listOr } from '../words/names.ts';
import { AskWhom } from './ask-whom.tsx';
import { LeftOutNote } from './left-out-note.tsx';

export function TrackingOff({ mayTurnOn, admins }: { readonly mayTurnOn: boolean; readonly admins: readonly string[] }) {
  const empty = t.start;
  if (mayTurnOn) {
    return (
      <AskWhom icon="eyeoff" title={empty.off} text={empty.offText} floats>
        <Link className="button button-primary" to="/settings/visitors" data-testid="turn-on">
          {empty.openSettings}
          <Icon name="arrow" />
        </Link>
      </AskWhom>
    );
  }
  return (
    <AskWhom icon="eyeoff" title={empty.off} text={empty.offAsk(listOr(admins))} people={admins} floats>
      <p className="hint">{empty.offWhere}</p>
    </AskWhom>
  );
}

/** Over the map, while no site was ever visited: what to paste, and for whom it is not to do, whom to ask. */
export function FirstVisitor({
  site,
  scope,
  mayInstall,
  admins,
}: {
  readonly site: Site | undefined;
  /** The site that is looked at; undefined: all of them. */
  readonly scope: string | undefined;
  readonly mayInstall: boolean;
  readonly admins: readonly string[];
}) {
  const empty = t.start;
  return (
    <div className="empty-card" data-testid="first-visitor">
      <div className="floating empty">
        <h2>{empty.waiting}</h2>
        <p>{mayInstall ? empty.waitingPaste('</body>') : empty.waitingAsk(listOr(admins))}</p>
        {mayInstall && site && <SiteSnippet site={site.id} />}
        {site && (
          <div className="wait" role="status">
            <span className="dot pulse" style={{ background: 'var(--accent)' }} />
            <span className="truncate">{empty.listening(site.domain)}</span>
            {mayInstall && (
              <>
                <span className="spacer" />
                <Link className="wait-help" to="/settings/install" search={{ site: site.id }}>
                  {empty.needHelp}
                </Link>
              </>
            )}
          </div>
        )}
        <LeftOutNote site={scope} />
      </div>
    </div>
  );
}

function SiteSnippet({ site }: { readonly site: string }) {
  const install = useQuery(installQuery(site));
  return install.data ? <Snippet code={install.data.snippet} /> : <div className="skeleton snippet-wait" aria-hidden="true" />;
}
