import type { Site } from '@foyer/protocol';
import { Link } from '@tanstack/react-router';
import { Icon } from '../ui/icons.tsx';
import { listOr } from '../words/names.ts';
import { AskWhom } from './ask-whom.tsx';
import { LeftOutNote } from './left-out.tsx';

export function TrackingOff({ mayTurnOn, admins }: { readonly mayTurnOn: boolean; readonly admins: readonly string[] }) {
  if (mayTurnOn) {
    return (
      <AskWhom
        icon="eyeoff"
        title="Visitor tracking is off"
        text="Nothing about visitors is collected while it is off. Turn it on and everybody who is on your sites appears here, without a reload on their side."
      >
        <Link className="button button-primary" to="/settings/visitors" data-testid="turn-on">
          Open Settings, Visitors
          <Icon name="arrow" />
        </Link>
      </AskWhom>
    );
  }
  return (
    <AskWhom
      icon="eyeoff"
      title="Visitor tracking is off"
      text={`Nothing about visitors is collected while it is off. Ask ${listOr(admins)} to turn it on.`}
      people={admins}
    >
      <p className="hint">They find it under Settings, Visitors.</p>
    </AskWhom>
  );
}

export function NoVisitors({
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
  return (
    <AskWhom
      icon="visitors"
      title="No visitor yet"
      text={
        mayInstall
          ? 'Paste one line into your site, and whoever opens it appears here in the same second.'
          : `The snippet is not on the site yet. ${listOr(admins)} finds it under Settings, Install.`
      }
    >
      {site && (
        <div className="wait" role="status">
          <span className="dot pulse" style={{ background: 'var(--accent)' }} />
          <span>
            Listening on <b>{site.domain}</b>
          </span>
        </div>
      )}
      <LeftOutNote site={scope} />
      {mayInstall && (
        <Link className="button button-primary" to="/settings/install" search={site ? { site: site.id } : {}}>
          Open Install
          <Icon name="arrow" />
        </Link>
      )}
    </AskWhom>
  );
}
