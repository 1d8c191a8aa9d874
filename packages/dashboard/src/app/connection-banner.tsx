import { useEffect, useState } from 'react';
import { Icon } from '../ui/icons.tsx';
import { timeOfDay } from '../words/time.ts';
import { useConnection, useLive } from './live.ts';

/** A blip shorter than this (a deploy, a change of network) is not worth a banner that moves the page. */
const SAY_AFTER_MS = 1_000;

/** true while the connection has been lost for longer than a blip; `<html data-connection="lost">` greys what is stale. */
function useSaidLost(): boolean {
  const lost = useConnection().state === 'lost';
  const [said, setSaid] = useState(false);
  useEffect(() => {
    if (!lost) return setSaid(false);
    const timer = setTimeout(() => setSaid(true), SAY_AFTER_MS);
    return () => clearTimeout(timer);
  }, [lost]);
  useEffect(() => {
    document.documentElement.toggleAttribute('data-stale', said);
    return () => document.documentElement.removeAttribute('data-stale');
  }, [said]);
  return said;
}

export function ConnectionBanner() {
  const { client } = useLive();
  const connection = useConnection();
  const said = useSaidLost();
  if (!said || connection.state !== 'lost') return null;
  return (
    <div className="banner" data-status="danger" role="status" data-testid="connection-banner">
      <Icon name="wifi" />
      <span>
        <strong>Connection lost.</strong>{' '}
        {connection.knownAt > 0 ? (
          <>
            You see what was known at <span className="num">{timeOfDay(connection.knownAt)}</span>.
          </>
        ) : (
          'Foyer cannot be reached yet.'
        )}
      </span>
      <span className="spacer" />
      <button className="button button-sm" type="button" onClick={() => client.retryNow()}>
        <Icon name="retry" size="sm" />
        Retry now
      </button>
    </div>
  );
}
