import type { Detail, Row } from '@foyer/protocol';
import type { ReactNode } from 'react';
import { t } from '../messages/catalogue.ts';
import { isSameDay, languageName } from '../messages/format.ts';
import { Icon } from '../ui/icons.tsx';
import { TickText } from '../ui/tick-text.tsx';
import { WebLink } from '../ui/web-link.tsx';
import { hostOf, pathOf } from '../words/address.ts';
import { contextWord, deviceWord, placeName } from '../words/names.ts';
import { activity, day, duration, localTime, timeOfDay } from '../words/time.ts';
import { dayIn, zonedDay, zonedSeconds } from '../words/zoned-time.ts';
import { goalValue } from '../words/goals.ts';
import { useGoalWords } from './use-goal-words.ts';

/** The fields of product.md section 3, each said in one way: the tooltip and the panel only order them differently. */

/** What is known of a visit: its row at once, the rest with the first answer. */
export type Known = Row & Partial<Detail>;

export function Fact({ word, testId, children }: { readonly word: string; readonly testId?: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{word}</dt>
      <dd data-testid={testId}>{children}</dd>
    </>
  );
}
/** The place of a value that is on its way. */
const Wait = ({ width }: { readonly width: number }) => <span className="skeleton fact-wait" style={{ inlineSize: width }} />;

/** undefined: on its way; '': there is none. */
function Text({ value, width = 90 }: { readonly value: string | undefined; readonly width?: number }) {
  if (value === undefined) return <Wait width={width} />;
  return value === '' ? t.visit.facts.none : <bdi>{value}</bdi>;
}
const Muted = ({ children }: { readonly children: ReactNode }) => <span className="muted">{children}</span>;

/** `zone`: times are of that one; absent: the browser's. */
export function ConnectedAt({ visit, zone }: { readonly visit: Known; readonly zone?: string | undefined }) {
  const { startedAt } = visit;
  const isToday = (now: number): boolean => (zone === undefined ? isSameDay(startedAt, now) : dayIn(startedAt, zone) === dayIn(now, zone));
  const dayOf = (now: number): string => (zone === undefined ? day(startedAt, now) : zonedDay(startedAt, now, zone));
  return (
    <Fact word={t.visit.facts.connectedAt}>
      {timeIn(startedAt, zone)} <TickText className="muted" text={(now) => (isToday(now) ? t.visit.facts.today : dayOf(now))} />
    </Fact>
  );
}

const timeIn = (at: number, zone: string | undefined): string => (zone === undefined ? timeOfDay(at) : zonedSeconds(at, zone));

export function LastSeen({ visit, zone }: { readonly visit: Known; readonly zone?: string | undefined }) {
  const { lastActivityAt, online } = visit;
  return (
    <Fact word={t.visit.facts.lastSeen}>
      <TickText
        text={(now) => {
          const { text, tone } = activity({ lastActivityAt, online, now });
          return tone === 'active' ? t.visit.facts.now : t.visit.facts.seenAt(timeIn(lastActivityAt, zone), text);
        }}
      />
    </Fact>
  );
}

/** Runs while the visit is online, stands at the last activity after that. */
export const onSiteMs = ({ online, startedAt, lastActivityAt }: Row, now: number): number => (online ? now : lastActivityAt) - startedAt;
export function TimeOnSite({ visit }: { readonly visit: Known }) {
  return (
    <Fact word={t.visit.facts.timeOnSite} testId="fact-time-on-site">
      <TickText text={(now) => duration(onSiteMs(visit, now))} />
    </Fact>
  );
}

export function LastPage({ visit }: { readonly visit: Known }) {
  const path = pathOf(visit.url);
  return (
    <Fact word={t.visit.facts.lastPage}>
      {visit.title !== '' && <bdi className="clamp">{visit.title}</bdi>}
      <WebLink className="clamp" address={visit.url}>
        <bdi>{path}</bdi>
      </WebLink>
    </Fact>
  );
}

export function Referrer({ visit }: { readonly visit: Known }) {
  return (
    <Fact word={t.visit.facts.referrer}>
      {visit.referrer === '' ? (
        t.words.direct
      ) : (
        <WebLink className="clamp" address={visit.referrer}>
          <bdi>{hostOf(visit.referrer)}</bdi>
        </WebLink>
      )}
    </Fact>
  );
}

export function Location({ visit }: { readonly visit: Known }) {
  return (
    <Fact word={t.visit.facts.location}>
      <Text value={placeName(visit)} /> {visit.approximate && <Muted>{t.visit.facts.byTimeZone}</Muted>}
    </Fact>
  );
}

export function LocalTime({ visit }: { readonly visit: Known }) {
  const { timeZone } = visit;
  return (
    <Fact word={t.visit.facts.localTime}>
      {timeZone ? (
        <>
          <TickText text={(now) => localTime(timeZone, now) ?? ''} /> <Muted>{timeZone}</Muted>
        </>
      ) : (
        <Text value={timeZone} width={120} />
      )}
    </Fact>
  );
}

export function Language({ visit }: { readonly visit: Known }) {
  const { lang } = visit;
  const name = lang === '' ? '' : languageName(lang);
  return (
    <Fact word={t.visit.facts.language}>
      <Text value={name} /> {name !== lang && <Muted>{lang}</Muted>}
    </Fact>
  );
}

/** Absent for a role that may not see it; nobody else misses it while it is on its way. */
export function Address({ visit }: { readonly visit: Known }) {
  const { ip } = visit;
  if (ip === undefined) return null;
  return (
    <Fact word={t.visit.facts.ip}>
      <Text value={ip} /> {ip !== '' && <Muted>{t.visit.facts.masked}</Muted>}
    </Fact>
  );
}

export function Network({ visit }: { readonly visit: Known }) {
  return (
    <Fact word={t.visit.facts.network}>
      <Text value={visit.organisation} />
    </Fact>
  );
}

const joined = (...parts: readonly string[]): string =>
  parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(', ');

export function Browser({ visit }: { readonly visit: Known }) {
  const { browser, browserVersion = '', os, osVersion = '' } = visit;
  return (
    <Fact word={t.visit.facts.browser}>
      <Text value={joined(`${browser} ${browserVersion}`, `${os} ${osVersion}`)} />
    </Fact>
  );
}

const kindAndScreen = ({ device, screen = '' }: Known): string =>
  joined(device === '' ? '' : deviceWord(device), screen.replace(/x/g, ' × '));
export function Device({ visit }: { readonly visit: Known }) {
  return (
    <Fact word={t.visit.facts.device}>
      <Text value={kindAndScreen(visit)} />
    </Fact>
  );
}
/** Browser and device in one, for where room is short. */
export function BrowserAndDevice({ visit }: { readonly visit: Known }) {
  const { browser, browserVersion = '', os, osVersion = '' } = visit;
  return (
    <Fact word={t.visit.facts.device}>
      <Text value={joined(`${browser} ${browserVersion}`, `${os} ${osVersion}`)} />
      <Muted>
        <bdi className="fact-line">{kindAndScreen(visit)}</bdi>
      </Muted>
    </Fact>
  );
}

export function Source({ visit }: { readonly visit: Known }) {
  return (
    <Fact word={t.visit.facts.source}>
      <Text value={visit.source} width={60} />
    </Fact>
  );
}

export function Campaign({ visit }: { readonly visit: Known }) {
  return (
    <Fact word={t.visit.facts.campaign}>
      <Text value={visit.campaign} />
    </Fact>
  );
}

export function Context({ visit }: { readonly visit: Known }) {
  if (visit.context === '') return null;
  return (
    <>
      <Fact word={t.visit.facts.context}>
        <span className="tag" data-context={visit.context}>
          {contextWord(visit.context)}
        </span>
      </Fact>
      {visit.contextData && <Data data={visit.contextData} />}
    </>
  );
}

/** Who the site says this is: proven by its signature, or only typed; with what it said besides. */
export function Identity({ visit, most = 30 }: { readonly visit: Known; readonly most?: number }) {
  const { identity } = visit;
  return (
    <>
      <Fact word={t.visit.facts.identity} testId="fact-identity">
        {identity === undefined ? (
          <Wait width={110} />
        ) : identity === null ? (
          t.visit.facts.notIdentified
        ) : (
          <>
            <span className={identity.verified ? 'verified' : 'muted'}>
              {identity.verified && <Icon name="shield" size="sm" />}
              {identity.verified ? t.visit.facts.verified : t.visit.facts.typed}
            </span>{' '}
            <bdi>{(identity.verified && identity.id) || identity.email || identity.id || visit.name}</bdi>
            {identity.verified && identity.id !== '' && identity.email !== '' && (
              <>
                {' '}
                <span className="muted">
                  <bdi>{identity.email}</bdi> ({t.visit.facts.told})
                </span>
              </>
            )}
          </>
        )}
      </Fact>
      {identity && <Data data={identity.data} most={most} />}
    </>
  );
}

/** What the site said. Its text is text: never a link, never markup. */
function Data({ data, most = 30 }: { readonly data: Readonly<Record<string, string | number | boolean | null>>; readonly most?: number }) {
  return Object.entries(data)
    .slice(0, most)
    .map(([key, value]) => (
      <Fact key={key} word={key}>
        <Text value={value === null ? '' : String(value)} />
      </Fact>
    ));
}

export function ReturningFact({ visit }: { readonly visit: Known }) {
  const { visits, firstVisitAt, previousVisitAt } = visit;
  return (
    <Fact word={t.visit.facts.returning}>
      {firstVisitAt === undefined || previousVisitAt === undefined ? (
        <Wait width={140} />
      ) : visits > 1 ? (
        <TickText
          text={(now) =>
            t.visit.facts.visits(
              visits,
              firstVisitAt > 0 ? day(firstVisitAt, now) : '',
              previousVisitAt > 0 ? day(previousVisitAt, now) : '',
            )
          }
        />
      ) : (
        t.visit.facts.firstVisit
      )}
    </Fact>
  );
}

/** What the visit has reached, with time and value. Of a row that is all there is, the names. */
export function Goals({ visit, zone }: { readonly visit: Known; readonly zone?: string | undefined }) {
  const { site, goals, reached } = visit;
  const ids = goals === '' ? [] : goals.split(' ');
  const wordOf = useGoalWords(site, ids);
  return (
    <Fact word={t.visit.facts.goals} testId="fact-goals">
      {ids.length === 0
        ? t.visit.facts.none
        : ids.map((id) => {
            const one = reached?.find(({ goal }) => goal === id);
            return (
              <span className="fact-line" key={id}>
                <bdi>{wordOf(id)}</bdi>{' '}
                {one && <Muted>{[goalValue(one), timeIn(one.at, zone)].filter((text) => text !== '').join(', ')}</Muted>}
              </span>
            );
          })}
    </Fact>
  );
}

export function VisitorId({ id }: { readonly id: string }) {
  return (
    <Fact word={t.visit.facts.visitorId}>
      <span className="mono" data-testid="panel-visitor-id">
        {id}
      </span>
    </Fact>
  );
}
