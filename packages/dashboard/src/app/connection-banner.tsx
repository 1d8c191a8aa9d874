import { useEffect, useState, useSyncExternalStore } from 'react';
import { browserClock } from '../live/browser.ts';
import { t } from '../messages/catalogue.ts';
import { Icon } from '../ui/icons.tsx';
import { timeOfDay } from '../words/time.ts';
import { useConnection, useLive } from './live.ts';

/** A blip shorter than this (a deploy, a change of network) is not worth a banner that moves the page. */
const SAY_AFTER_MS = 1_000;

/** true while the connection has been lost for longer than a blip; `<html data-stale>` greys what is stale. */
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

/** Whether this machine has a network at all; the server may be away all the same. */
function useHasNetwork(): boolean {
  return useSyncExternalStore(
    (changed) => {
      window.addEventListener('online', changed);
      window.addEventListener('offline', changed);
      return () => {
        window.removeEventListener('online', changed);
        window.removeEventListener('offline', changed);
      };
    },
    () => navigator.onLine,
  );
}

export function ConnectionBanner() {
  const { client } = useLive();
  const connection = useConnection();
  const said = useSaidLost();
  const hasNetwork = useHasNetwork();
  if (!said || connection.state !== 'lost') return null;
  return (
    <div className="banner" data-status="danger" data-testid="connection-banner" data-network={hasNetwork ? 'there' : 'gone'}>
      <Icon name={hasNetwork ? 'server' : 'wifi'} />
      {/* Said once; the countdown beside it would be read out every second. */}
      <span className="banner-text" role="status">
        <strong>{hasNetwork ? t.shell.connection.lost : t.shell.connection.offline}</strong>{' '}
        {connection.knownAt > 0 ? t.shell.connection.knownAt(timeOfDay(connection.knownAt)) : t.shell.connection.neverKnown}
      </span>
      <span className="spacer" />
      <span className="banner-next num">
        {hasNetwork ? <Countdown key={connection.at} until={connection.at + connection.retryInMs} /> : t.shell.connection.whenBack}
      </span>
      <button className="button button-sm" type="button" onClick={() => client.retryNow()}>
        <Icon name="retry" size="sm" />
        {t.shell.connection.retry}
      </button>
    </div>
  );
}

const secondsTo = (until: number): number => Math.ceil((until - browserClock.now()) / 1_000);

/** `until`: local ms of the next try. */
function Countdown({ until }: { readonly until: number }) {
  const [seconds, setSeconds] = useState(() => secondsTo(until));
  useEffect(() => {
    if (seconds <= 0) return;
    const nextMs = until - browserClock.now() - (seconds - 1) * 1_000;
    const timer = setTimeout(() => setSeconds(secondsTo(until)), Math.max(50, nextMs));
    return () => clearTimeout(timer);
  }, [seconds, until]);
  return <span data-testid="next-try">{seconds > 0 ? t.shell.connection.nextTry(seconds) : t.shell.connection.trying}</span>;
}
