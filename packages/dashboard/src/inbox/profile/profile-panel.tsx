import './profile.css';
import type { Conversation } from '@foyer/protocol';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useMe } from '../../app/session.ts';
import { t } from '../../messages/catalogue.ts';
import { Icon } from '../../ui/icons.tsx';
import { late } from '../../ui/late.tsx';
import { TickText } from '../../ui/tick-text.tsx';
import { WebLink } from '../../ui/web-link.tsx';
import { pathOf } from '../../words/address.ts';
import { initials } from '../../words/names.ts';
import { duration } from '../../words/time.ts';
import { nameOf } from '../people.ts';
import { Earlier } from './earlier.tsx';
import { Goals } from './goals.tsx';
import { FactsSkeleton } from './info-popover.tsx';
import * as Facts from './person-facts.tsx';
import { ProfileNotes } from './profile-notes.tsx';
import { Tags } from './tags.tsx';
import { type KnownProfile, useProfile } from './use-profile.ts';

const MiniMap = late(() => import('./mini-map.tsx').then((module) => module.MiniMap));

/** Who the visitor is, in this order: person, proof, place and browser, goals, custom data, pages, earlier conversations, tags, notes. */
export function ProfilePanel({
  conversation,
  onClose,
}: {
  readonly conversation: Conversation;
  readonly onClose?: (() => void) | undefined;
}) {
  const known = useProfile(conversation);
  const { profile, failure } = known;
  return (
    <aside className="profile" aria-label={t.profile.title} data-testid="profile" data-conversation={conversation.id}>
      <Who conversation={conversation} known={known} onClose={onClose} />
      {!profile && failure ? (
        <div className="profile-section" role="status">
          <p className="quiet">{t.profile.failed}</p>
          <button className="button button-sm" type="button" onClick={known.again}>
            {t.profile.again}
          </button>
        </div>
      ) : !profile ? (
        <div className="profile-section" aria-busy="true">
          <FactsSkeleton />
        </div>
      ) : (
        <>
          <section className="profile-section" aria-label={t.profile.place}>
            {conversation.visitor === '' && (
              <p className="no-visit">
                <Icon name="nowhere" size="sm" />
                {t.profile.noVisit}
              </p>
            )}
            {known.place !== '' && <MiniMap key={known.place} place={known.place} status={conversation.status} profile={profile} />}
            <dl className="facts">
              <Facts.Place profile={profile} />
              <Facts.LocalTime profile={profile} />
              <Facts.Browser profile={profile} />
              <Facts.Device profile={profile} />
              <Facts.Language profile={profile} />
              <Facts.Address profile={profile} />
              <Facts.Network profile={profile} />
              <Facts.From profile={profile} />
              <Facts.Campaign profile={profile} />
              <Facts.FirstSeen profile={profile} />
              <Facts.LastSeen online={known.online} at={known.lastSeenAt} visits={profile.visits} />
              {conversation.rating && (
                <Facts.Fact word={t.profile.rating}>
                  {t.profile.stars(conversation.rating.stars)}
                  {conversation.rating.comment !== '' && <q dir="auto">{conversation.rating.comment}</q>}
                </Facts.Fact>
              )}
            </dl>
            {profile.visitor !== '' && (
              <Link className="button button-sm to-map" to="/visitors" search={{ visitor: profile.visitor }}>
                <Icon name="visitors" size="sm" />
                {t.profile.openOnMap}
              </Link>
            )}
          </section>
          <Goals site={conversation.site} known={known} />
          <CustomData data={profile.data} />
          <Pages known={known} />
          <Earlier earlier={profile.earlier} current={conversation.id} />
        </>
      )}
      <Tags conversation={conversation} />
      <ProfileNotes visitor={profile?.visitor || conversation.visitor} />
    </aside>
  );
}

function Who({
  conversation,
  known: { profile, online },
  onClose,
}: {
  readonly conversation: Conversation;
  readonly known: KnownProfile;
  readonly onClose: (() => void) | undefined;
}) {
  const { sites } = useMe();
  const contact = profile?.contact ?? conversation.contact;
  const name = nameOf({ contact }, undefined, profile?.n ?? 0);
  const domain = sites.find((site) => site.id === conversation.site)?.domain ?? '';
  return (
    <header className="profile-head">
      <span className="avatar avatar-lg avatar-visitor" aria-hidden="true">
        {contact.name === '' ? <Icon name="user" size="lg" /> : initials(name)}
        {conversation.visitor !== '' && <i className="dot" data-status={online ? 'active' : 'inactive'} />}
      </span>
      <div>
        <h2>
          <bdi className="truncate" data-testid="profile-name">
            {name}
          </bdi>
        </h2>
        {contact.email !== '' && (
          <a className="truncate" href={`mailto:${encodeURIComponent(contact.email)}`}>
            <bdi>{contact.email}</bdi>
          </a>
        )}
      </div>
      {onClose && (
        <button
          className="icon-button profile-close"
          type="button"
          aria-label={t.profile.close}
          data-testid="close-profile"
          onClick={onClose}
        >
          <Icon name="x" />
        </button>
      )}
      {contact.verified ? (
        <p className="verified-line" data-testid="identity" data-verified="true">
          <Icon name="shield" />
          <span>
            <b>{t.profile.verified}</b> {domain !== '' && t.profile.verifiedBy(domain)}
          </span>
        </p>
      ) : (
        <p className="verified-line is-typed" data-testid="identity" data-verified="false">
          <Icon name={contact.name === '' && contact.email === '' ? 'user' : 'pencil'} size="sm" />
          <span>
            <b>{contact.name === '' && contact.email === '' ? t.profile.anonymous : t.profile.typed}</b>
            {', '}
            {contact.name === '' && contact.email === '' ? t.profile.anonymousText : t.profile.notVerified}
          </span>
        </p>
      )}
    </header>
  );
}

const valueWord = (value: string | number | boolean | null): string => (value === null ? t.profile.none : String(value));

/** What the site said. Its text is text: never a link, never markup. */
function CustomData({ data }: { readonly data: Readonly<Record<string, string | number | boolean | null>> }) {
  const entries = Object.entries(data);
  if (entries.length === 0) return null;
  return (
    <section className="profile-section" aria-labelledby="profile-custom" data-testid="custom-data">
      <h3 id="profile-custom">{t.profile.custom}</h3>
      <dl className="facts">
        {entries.map(([name, value]) => (
          <Facts.Fact key={name} word={name}>
            <bdi>{valueWord(value)}</bdi>
          </Facts.Fact>
        ))}
      </dl>
    </section>
  );
}

const SHOWN_FIRST = 5;

function Pages({ known: { pages, isThere } }: { readonly known: KnownProfile }) {
  const [all, setAll] = useState(false);
  if (pages.length === 0) return null;
  const shown = all ? pages : pages.slice(0, SHOWN_FIRST);
  return (
    <section className="profile-section" aria-labelledby="profile-pages">
      <h3 id="profile-pages">
        {t.profile.pages}
        {shown.length < pages.length && (
          <button className="link-button" type="button" onClick={() => setAll(true)}>
            {t.profile.all} <span className="num">{pages.length}</span>
          </button>
        )}
      </h3>
      <ol className="page-trail" data-testid="profile-pages">
        {shown.map((page, i) => {
          const path = pathOf(page.url);
          const isNow = isThere && i === 0;
          const next = pages[i - 1];
          return (
            <li key={`${page.at} ${page.url}`} className={isNow ? 'is-current' : undefined}>
              <WebLink address={page.url}>
                <b dir="auto">{page.title || path}</b>
                {page.title !== '' && (
                  <span>
                    <bdi>{path}</bdi>
                  </span>
                )}
              </WebLink>
              <time className="num">
                {isNow ? (
                  t.profile.nowHere
                ) : next && next.at > page.at ? (
                  duration(next.at - page.at)
                ) : (
                  <TickText text={(now) => (page.at > 0 && now > page.at ? t.profile.ago(duration(now - page.at)) : '')} />
                )}
              </time>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
