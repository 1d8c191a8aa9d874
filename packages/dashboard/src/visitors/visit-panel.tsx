import type { Detail, Site } from '@foyer/protocol';
import { type ReactNode, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useLive } from '../app/live.ts';
import type { LiveDetail } from '../live/console-client.ts';
import type { VisitList } from '../live/visit-list.ts';
import { Flag } from '../ui/flag.tsx';
import { Icon } from '../ui/icons.tsx';
import { TickText } from '../ui/tick-text.tsx';
import { WebLink } from '../ui/web-link.tsx';
import { hostOf, pathOf } from '../words/address.ts';
import { contextWord, languageName, placeName, STATUS_WORDS, visitorName } from '../words/names.ts';
import { activity, day, duration, localTime, timeOfDay } from '../words/time.ts';
import { PageHistory } from './page-history.tsx';

const NONE = '—';

/** One visitor, live, wherever they are in the list (product.md section 3). */
export function VisitPanel({
  id,
  list,
  sites,
  onClose,
  onSelect,
}: {
  /** Visitor id. */
  readonly id: string;
  readonly list: VisitList;
  readonly sites: readonly Site[];
  readonly onClose: () => void;
  readonly onSelect: (visitor: string) => void;
}) {
  const detail = useFollowed(id);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented && !(event.target instanceof HTMLInputElement)) onClose();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [onClose]);
  return (
    <aside
      className="visit-panel goes-stale"
      ref={panel}
      aria-label={detail ? visitorName(detail) : 'Visitor'}
      data-testid="visit-panel"
      aria-busy={detail === undefined}
    >
      <div className="panel-bar">
        <span className="only-phone">
          <button className="button button-ghost button-sm" type="button" onClick={onClose}>
            <Icon name="left" size="sm" />
            All visitors
          </button>
        </span>
        <span className="spacer" />
        {detail && <Neighbours list={list} visit={detail.id} onSelect={onSelect} />}
        <button className="icon-button icon-button-sm only-wide" type="button" aria-label="Close (Esc)" onClick={onClose}>
          <Icon name="x" />
        </button>
      </div>
      <div className="panel-scroll">
        {detail === undefined ? (
          <PanelSkeleton />
        ) : detail === null ? (
          <NotListed onClose={onClose} />
        ) : (
          <Content detail={detail} site={sites.find((s) => s.id === detail.site)} />
        )}
      </div>
    </aside>
  );
}

const nothing = (): (() => void) => () => {};
function useFollowed(id: string): Detail | null | undefined {
  const { client } = useLive();
  const [live, setLive] = useState<LiveDetail | null>(null);
  useEffect(() => {
    const opened = client.follow(id);
    setLive(opened);
    return () => opened.close();
  }, [client, id]);
  const now = useSyncExternalStore(live?.subscribe ?? nothing, () => live?.get());
  // Who has just left the list stays on screen as last known: closing it under the reader's eyes helps nobody.
  const last = useRef<Detail | null>(null);
  if (now) last.current = now;
  return now === null ? last.current : now;
}

function Neighbours({
  list,
  visit,
  onSelect,
}: {
  readonly list: VisitList;
  readonly visit: string;
  readonly onSelect: (visitor: string) => void;
}) {
  const state = useSyncExternalStore(list.subscribe, list.get);
  const at = list.indexOf(visit);
  if (at < 0) return null;
  const go = (d: number): void => {
    const id = list.idAt(d);
    const row = id === undefined ? undefined : list.row(id);
    if (row) onSelect(row.visitor);
  };
  return (
    <>
      <span className="hint num">
        {(at + state.base + 1).toLocaleString('en')} of {state.rows.total.toLocaleString('en')}
      </span>
      <button
        className="icon-button icon-button-sm"
        type="button"
        aria-label="Previous visitor"
        disabled={list.idAt(at - 1) === undefined}
        onClick={() => go(at - 1)}
      >
        <Icon name="up" />
      </button>
      <button
        className="icon-button icon-button-sm"
        type="button"
        aria-label="Next visitor"
        disabled={list.idAt(at + 1) === undefined}
        onClick={() => go(at + 1)}
      >
        <Icon name="down" />
      </button>
    </>
  );
}

function Content({ detail, site }: { readonly detail: Detail; readonly site: Site | undefined }) {
  const place = placeName(detail);
  const { online, startedAt, lastActivityAt } = detail;
  const onSite = (now: number): string => duration((online ? now : lastActivityAt) - startedAt);
  const seen = (now: number): string => {
    const { text } = activity({ lastActivityAt, online, now });
    return text === 'Active' ? 'Now' : `${timeOfDay(lastActivityAt)}, ${text}`;
  };
  const startedDay = (now: number): string =>
    new Date(startedAt).toDateString() === new Date(now).toDateString() ? 'today' : day(startedAt, now);
  return (
    <>
      <div className="panel-who">
        <span className="avatar avatar-lg avatar-visitor">
          <Icon name="user" size="lg" />
          <i className="dot" data-status={detail.status} role="img" aria-label={STATUS_WORDS[detail.status]} />
        </span>
        <div>
          <h2>
            <span className="truncate" dir="auto" data-testid="panel-name">
              {visitorName(detail)}
            </span>
            {detail.visits > 1 && (
              <span className="returning" title={`Returning: visit ${detail.visits}`}>
                <Icon name="returning" />
                <span className="visually-hidden">returning, visit </span>
                {detail.visits}
              </span>
            )}
          </h2>
          <p>
            <Flag country={detail.country} named />
            <span className="truncate">{place === '' ? 'Unknown place' : place}</span>
          </p>
        </div>
      </div>
      <p className="panel-status">
        <span className="badge" data-status={detail.status}>
          <span className="dot" data-status={detail.status} />
          {detail.online
            ? STATUS_WORDS[detail.status]
            : detail.reconnecting
              ? 'Reconnecting'
              : detail.status === 'inactive'
                ? 'Left'
                : STATUS_WORDS[detail.status]}
        </span>
        {detail.filtered !== '' && (
          <span className="tag">
            <Icon name="robot" />
            {detail.filtered}
          </span>
        )}
      </p>
      <section className="section" aria-label="Pages viewed">
        <h3 className="section-title">
          Pages viewed{' '}
          <span className="tally" data-testid="panel-pages">
            {detail.pages}
          </span>
          <span className="spacer" />
          <span className="muted">
            <TickText className="num" text={onSite} /> on site
          </span>
        </h3>
        <PageHistory detail={detail} />
      </section>
      <section className="section" aria-label="This visit">
        <h3 className="section-title">This visit</h3>
        <dl className="facts">
          <Fact word="Connected at">
            {timeOfDay(startedAt)} <TickText className="muted" text={startedDay} />
          </Fact>
          <Fact word="Last seen">
            <TickText text={seen} />
          </Fact>
          <Fact word="Last page">
            <WebLink address={detail.url}>{detail.title || pathOf(detail.url)}</WebLink>
            <span className="muted fact-path">{pathOf(detail.url)}</span>
          </Fact>
          <Fact word="Referrer">
            {detail.referrer === '' ? 'Direct' : <WebLink address={detail.referrer}>{hostOf(detail.referrer)}</WebLink>}
          </Fact>
          <Fact word="Campaign">{detail.campaign || NONE}</Fact>
          <Fact word="Source">{detail.source || NONE}</Fact>
          <Fact word="Site">{site?.name ?? NONE}</Fact>
          <Fact word="Tabs">{detail.tabs}</Fact>
          {detail.context !== '' && (
            <Fact word="Context">
              <span className="tag" data-context={detail.context}>
                {contextWord(detail.context)}
              </span>
            </Fact>
          )}
          {detail.contextData && <DataFacts data={detail.contextData} />}
        </dl>
      </section>
      <section className="section" aria-label="Visitor">
        <h3 className="section-title">Visitor</h3>
        <dl className="facts">
          <Fact word="Identity">
            {detail.identity ? (
              <>
                <span className={detail.identity.verified ? 'verified' : 'muted'}>{detail.identity.verified ? 'Verified' : 'Typed'}</span>{' '}
                {detail.identity.email || detail.identity.id}
              </>
            ) : (
              'Not identified'
            )}
          </Fact>
          {detail.identity && <DataFacts data={detail.identity.data} />}
          <Fact word="Location">
            {place || NONE}
            {detail.approximate && <span className="muted"> by time zone</span>}
          </Fact>
          <Fact word="Local time">
            {detail.timeZone === '' ? (
              NONE
            ) : (
              <>
                <TickText text={(now) => localTime(detail.timeZone, now) ?? ''} /> <span className="muted">{detail.timeZone}</span>
              </>
            )}
          </Fact>
          <Fact word="Language">
            {detail.lang === '' ? (
              NONE
            ) : (
              <>
                {languageName(detail.lang)} <span className="muted">{detail.lang}</span>
              </>
            )}
          </Fact>
          <Fact word="Browser">{joined(`${detail.browser} ${detail.browserVersion}`, `${detail.os} ${detail.osVersion}`)}</Fact>
          <Fact word="Device">
            {joined(detail.device.slice(0, 1).toUpperCase() + detail.device.slice(1), detail.screen.replace('x', ' × '))}
          </Fact>
          {detail.ip !== undefined && (
            <Fact word="IP address">
              {detail.ip === '' ? (
                NONE
              ) : (
                <>
                  {detail.ip} <span className="muted">masked</span>
                </>
              )}
            </Fact>
          )}
          <Fact word="Network">{detail.organisation || NONE}</Fact>
          <Fact word="Returning">
            {detail.visits > 1 ? (
              <TickText
                text={(now) =>
                  `${detail.visits} visits${detail.firstVisitAt > 0 ? `, first ${day(detail.firstVisitAt, now)}` : ''}${detail.previousVisitAt > 0 ? `, last ${day(detail.previousVisitAt, now)}` : ''}`
                }
              />
            ) : (
              'First visit'
            )}
          </Fact>
          <Fact word="Visitor id">
            <span className="mono" data-testid="panel-visitor-id">
              {detail.visitor}
            </span>
          </Fact>
        </dl>
      </section>
    </>
  );
}

const joined = (...parts: readonly string[]): string =>
  parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(', ') || NONE;

function Fact({ word, children }: { readonly word: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{word}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** What the site said about this visitor. Its text is text: never a link, never markup. */
function DataFacts({ data }: { readonly data: Readonly<Record<string, string | number | boolean | null>> }) {
  return Object.entries(data)
    .slice(0, 30)
    .map(([key, value]) => (
      <Fact key={key} word={key}>
        {value === null ? NONE : String(value)}
      </Fact>
    ));
}

function NotListed({ onClose }: { readonly onClose: () => void }) {
  return (
    <div className="sidebar-empty empty">
      <h2>Not on the list any more</h2>
      <p>A visit is listed until 30 minutes after its last activity.</p>
      <button className="button" type="button" onClick={onClose}>
        Back to the list
      </button>
    </div>
  );
}

function PanelSkeleton() {
  return (
    <div aria-hidden="true">
      <div className="panel-who">
        <span className="skeleton panel-skeleton-mark" />
        <div>
          <span className="skeleton" style={{ inlineSize: 140, blockSize: 12, marginBlock: 6 }} />
          <span className="skeleton" style={{ inlineSize: 200 }} />
        </div>
      </div>
      <div className="section">
        {[180, 240, 150, 210, 120].map((width) => (
          <span key={width} className="skeleton" style={{ inlineSize: width, marginBlock: 14 }} />
        ))}
      </div>
    </div>
  );
}
