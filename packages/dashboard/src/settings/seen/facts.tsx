import type { Seen } from '@foyer/protocol';
import { type ReactNode, useEffect, useState } from 'react';
import { useConnection } from '../../app/live.ts';
import { t } from '../../messages/catalogue.ts';
import { listAnd, monthYear } from '../../messages/format.ts';
import { Flag } from '../../ui/flag.tsx';
import { TickText } from '../../ui/tick-text.tsx';
import { deviceWord, languageName, leftOutWord, placeName } from '../../words/names.ts';
import { localTime } from '../../words/time.ts';
import { StaticMap } from './static-map.tsx';

/** Each fact with where it comes from. */
export function Facts({ seen }: { readonly seen: Seen }) {
  const { address, place, browser, signals } = seen;
  const where = placeName(place);
  const asked = [signals.gpc && t.seen.gpc, signals.dnt && t.seen.dnt].filter((word) => word !== false);
  return (
    <div className="card seen-facts">
      {place.by !== 'nothing' && where !== '' && (
        <StaticMap lat={place.lat} lon={place.lon} isApproximate={place.approximate} label={t.seen.mapOf(where)} />
      )}
      <dl className="facts">
        <Fact name={t.seen.address} from={address.from === 'socket' ? t.seen.fromSocket : t.seen.fromHeader} testId="seen-ip">
          <span className="mono">{address.ip || t.seen.noPlace}</span>
        </Fact>
        <Fact name={t.seen.stored} from={t.seen.storedFrom} testId="seen-masked">
          {address.masked === '' ? t.seen.storedNot : <span className="mono">{address.masked}</span>}
        </Fact>
        <Fact name={t.seen.header} from={t.seen.headerFrom}>
          {address.header === '' ? t.seen.headerNone : <span className="mono">{address.header}</span>}
        </Fact>
        <Fact name={t.seen.proxies} from={t.seen.proxiesFrom}>
          {address.trustedProxies.length === 0 ? t.seen.proxiesNone : <span className="mono">{address.trustedProxies.join(', ')}</span>}
        </Fact>
        <Fact name={t.seen.place} from={sourceOf(place)} testId="seen-place">
          {where === '' ? (
            t.seen.noPlace
          ) : (
            <span className="seen-with-flag">
              <Flag country={place.country} named />
              <span>
                {where}
                {place.approximate && <span className="muted"> ({t.seen.approximate})</span>}
              </span>
            </span>
          )}
        </Fact>
        {place.organisation !== '' && (
          <Fact name={t.seen.network} from={sourceOf(place)}>
            {place.organisation}
          </Fact>
        )}
        <Fact name={t.seen.timeZone} from={t.seen.fromBrowser}>
          <TickText
            text={(now) => {
              const time = localTime(seen.timeZone, now);
              return time === null ? seen.timeZone || t.seen.noPlace : t.seen.thereNow(seen.timeZone.replaceAll('_', ' '), time);
            }}
          />
        </Fact>
        <Fact name={t.seen.languages} from={t.seen.fromRequest}>
          {seen.languages.length === 0
            ? t.seen.noPlace
            : seen.languages.map((tag, i) => (
                <span key={tag}>
                  {i > 0 && ', '}
                  {languageName(tag)} <span className="muted">{tag}</span>
                </span>
              ))}
        </Fact>
        <Fact name={t.seen.browser} from={t.seen.fromUserAgent} testId="seen-browser">
          {[`${browser.name} ${browser.version}`.trim(), `${browser.os} ${browser.osVersion}`.trim()].filter(Boolean).join(', ') ||
            t.seen.noPlace}
        </Fact>
        <Fact name={t.seen.device} from={t.seen.fromPage}>
          {[deviceWord(browser.device), seen.screen].filter(Boolean).join(', ')}
        </Fact>
        <Fact name={t.seen.verdict} from={t.seen.fromBrowser} testId="seen-verdict">
          {verdictOf(seen)}
        </Fact>
        <Fact name={t.seen.signals} from={asked.length > 0 ? t.seen.effects[signals.effect] : t.seen.fromBrowser} testId="seen-signals">
          {asked.length > 0 ? listAnd(asked) : t.seen.noSignals}
        </Fact>
        <ConnectionFact key={seen.address.ip} />
      </dl>
    </div>
  );
}

function Fact({
  name,
  from,
  testId,
  children,
}: {
  readonly name: string;
  readonly from: string;
  readonly testId?: string;
  readonly children: ReactNode;
}) {
  return (
    <div className="seen-fact">
      <dt>{name}</dt>
      <dd data-testid={testId}>{children}</dd>
      <dd className="from">{from}</dd>
    </div>
  );
}

function sourceOf(place: Seen['place']): string {
  if (place.by === 'time_zone') return t.seen.byTimeZone;
  if (place.by === 'nothing') return t.seen.byNothing;
  return t.seen.byDatabase(place.source, place.sourceBuiltAt > 0 ? monthYear(place.sourceBuiltAt) : '');
}

/** Reasons that speak of a program; the team and listed addresses are no sign of one. */
function verdictOf(seen: Seen): string {
  const signs = [...seen.verdict.reasons, ...seen.verdict.tolerated].filter(
    (reason) => reason.rule !== 'own_team' && reason.rule !== 'address',
  );
  return signs.length === 0 ? t.seen.human : signs.map((reason) => leftOutWord(reason.text)).join(', ');
}

function ConnectionFact() {
  const isOpen = useConnection().state === 'open';
  const [tookMs, setTookMs] = useState(0);
  useEffect(() => {
    // The browser's own measure of the request that brought this page's facts.
    const asked = performance.getEntriesByType('resource').filter((entry) => entry.name.includes('/api/v1/seen'));
    setTookMs(Math.round(asked.at(-1)?.duration ?? 0));
  }, []);
  return (
    <Fact name={t.seen.connection} from={tookMs > 0 ? t.seen.roundTrip(tookMs) : t.seen.fromPage}>
      {isOpen ? t.seen.socketOpen : t.seen.socketLost}
    </Fact>
  );
}
