import type { ConversationProfile } from '@foyer/protocol';
import type { ReactNode } from 'react';
import { t } from '../../messages/catalogue.ts';
import { isSameDay, languageName } from '../../messages/format.ts';
import { Flag } from '../../ui/flag.tsx';
import { Icon } from '../../ui/icons.tsx';
import { TickText } from '../../ui/tick-text.tsx';
import { WebLink } from '../../ui/web-link.tsx';
import { hostOf } from '../../words/address.ts';
import { deviceWord, placeName } from '../../words/names.ts';
import { day, localTime, timeOfDay } from '../../words/time.ts';

/** One thing known about a person. Nothing at all is said of what is not known: an empty line helps nobody. */
export function Fact({ word, testId, children }: { readonly word: string; readonly testId?: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{word}</dt>
      <dd data-testid={testId}>{children}</dd>
    </>
  );
}
type Of = { readonly profile: ConversationProfile };
const joined = (...parts: readonly string[]): string =>
  parts
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(', ');

export function Place({ profile }: Of) {
  const name = placeName(profile);
  return (
    <Fact word={t.profile.place} testId="profile-place">
      <Flag country={profile.country} named />
      <bdi>{name === '' ? t.profile.unknownPlace : name}</bdi>{' '}
      {profile.approximate && <span className="muted">{t.profile.byTimeZone}</span>}
    </Fact>
  );
}
export function LocalTime({ profile: { timeZone } }: Of) {
  if (timeZone === '' || localTime(timeZone, 0) === null) return null;
  return (
    <Fact word={t.profile.localTime}>
      <TickText className="num" text={(now) => localTime(timeZone, now) ?? ''} />{' '}
      <span className="muted">{timeZone.replaceAll('_', ' ')}</span>
    </Fact>
  );
}
export function Browser({ profile }: Of) {
  const text = joined(`${profile.browser} ${profile.browserVersion}`, `${profile.os} ${profile.osVersion}`);
  return text === '' ? null : (
    <Fact word={t.profile.browser} testId="profile-browser">
      <bdi>{text}</bdi>
    </Fact>
  );
}
export function Device({ profile }: Of) {
  const text = joined(profile.device === '' ? '' : deviceWord(profile.device), profile.screen.replace(/\s*[x×]\s*/g, ' × '));
  return text === '' ? null : (
    <Fact word={t.profile.device}>
      <bdi>{text}</bdi>
    </Fact>
  );
}
export function Language({ profile: { lang } }: Of) {
  if (lang === '') return null;
  const name = languageName(lang);
  return (
    <Fact word={t.profile.language}>
      {name} {name !== lang && <span className="muted">{lang}</span>}
    </Fact>
  );
}
/** Absent for a role that may not see it. */
export function Address({ profile: { ip } }: Of) {
  if (ip === undefined || ip === '') return null;
  return (
    <Fact word={t.profile.ip} testId="profile-ip">
      <span className="mono num" dir="ltr">
        {ip}
      </span>{' '}
      <span className="muted">{t.profile.masked}</span>
    </Fact>
  );
}
export function Network({ profile: { organisation } }: Of) {
  return organisation === '' ? null : (
    <Fact word={t.profile.network}>
      <bdi>{organisation}</bdi>
    </Fact>
  );
}
/** Of somebody without a visit it is not known: then nothing is claimed. */
export function From({ profile: { referrer, visitor } }: Of) {
  if (referrer === '' && visitor === '') return null;
  return (
    <Fact word={t.profile.from}>
      {referrer === '' ? (
        t.words.direct
      ) : (
        <WebLink address={referrer}>
          <bdi>{hostOf(referrer)}</bdi>
          <Icon name="external" size="xs" />
        </WebLink>
      )}
    </Fact>
  );
}
export function Campaign({ profile: { campaign } }: Of) {
  return campaign === '' ? null : (
    <Fact word={t.profile.campaign}>
      <bdi>{campaign}</bdi>
    </Fact>
  );
}
export const moment = (at: number, now: number): string => {
  const time = timeOfDay(at).replace(/:\d\d$/, '');
  return isSameDay(at, now) ? time : `${day(at, now)}, ${time}`;
};
export function FirstSeen({ profile: { firstSeenAt } }: Of) {
  return firstSeenAt === 0 ? null : (
    <Fact word={t.profile.firstSeen}>
      <TickText className="num" text={(now) => moment(firstSeenAt, now)} />
    </Fact>
  );
}
export function LastSeen({ online, at, visits }: { readonly online: boolean; readonly at: number; readonly visits: number }) {
  if (at === 0 && !online) return null;
  return (
    <Fact word={t.profile.lastSeen} testId="profile-last-seen">
      {online ? (
        <>
          <span className="now">{t.profile.now}</span>
          {visits > 0 && `, ${t.profile.nowOnVisit(visits)}`}
        </>
      ) : (
        <TickText className="num" text={(now) => moment(at, now)} />
      )}
    </Fact>
  );
}
