import type { ChatState } from '@foyer/domain/chat';
import type { Contact, Detail, ProfilePage, VisitorChatUp } from '@foyer/protocol';
import { assess, collectOf } from '../edge/visitor/assess.ts';
import { campaignOf, withoutCampaign } from '../edge/visitor/campaign.ts';
import type { AssessDeps } from '../edge/visitor/deps.ts';
import type { Handshake } from '../edge/visitor/tab-session.ts';
import type { LiveReads } from '../edge/http/deps.ts';
import type { ChatProfile, ChatStore } from '../ports/chat-store.ts';
import type { SiteRecord } from '../ports/team-store.ts';
import type { Directory } from '../team/directory.ts';
import { Turns } from './turns.ts';

const PAGES = 10;

export interface ProfilesDeps extends AssessDeps {
  readonly store: Pick<ChatStore, 'profile' | 'putProfile'>;
  readonly reads: Pick<LiveReads, 'detail'>;
  readonly directory: Pick<Directory, 'settings'>;
  /** The address of a page of a site as agents see it. */
  readonly pageOf: (site: SiteRecord, url: string) => string;
  readonly now: () => number;
  readonly onOutage: (what: string, cause: unknown) => void;
}
interface Begun {
  readonly hello: Extract<VisitorChatUp, { t: 'chat.hello' }>;
  /** By whom the visit is found; ''. */
  readonly visit: string;
  readonly site: SiteRecord;
  readonly shake: Omit<Handshake, 'site'>;
}

/**
 * Profiles — what a conversation knows of its visitor, collected from the first message on, also while tracking is off.
 *
 * Of a tracked visitor it is what the visit says; else what this one browser says for itself. Never awaited by a message: what is lost in
 * an outage is a profile, not a word.
 */
export class Profiles {
  readonly #deps: ProfilesDeps;
  readonly #turns: Turns;

  constructor(deps: ProfilesDeps) {
    this.#deps = deps;
    this.#turns = new Turns((cause) => deps.onOutage('keep the profile of a conversation', cause));
  }

  /** As the site has named the visitor, or as they have typed it elsewhere; null: nobody is known. */
  async contactOf(workspace: string, visit: string): Promise<Contact | null> {
    if (visit === '') return null;
    const detail = await this.#deps.reads.detail({ workspace, id: visit, hidden: [] });
    if (!detail) return null;
    const { email = '', verified = false } = detail.identity ?? {};
    return { name: detail.name, email, verified };
  }

  begin({ workspace, id }: ChatState, begun: Begun): void {
    this.#turns.take(async () => {
      const { store, reads } = this.#deps;
      const detail = begun.visit === '' ? null : await reads.detail({ workspace, id: begun.visit, hidden: [] });
      const profile = detail ? profileOfVisit(detail) : this.#ofBrowser(begun);
      if (profile) await store.putProfile({ workspace, conversation: id, profile });
    });
  }

  page({ workspace, id }: ChatState, page: { url: string; title: string }, site: SiteRecord): void {
    this.#turns.take(async () => {
      const { store, now } = this.#deps;
      const profile = await store.profile({ workspace, conversation: id });
      if (!profile) return;
      const at = Math.floor(now());
      const pages = [this.#pageOf(page, site, at), ...profile.pages].slice(0, PAGES);
      await store.putProfile({ workspace, conversation: id, profile: { ...profile, lastSeenAt: at, pages } });
    });
  }

  #pageOf({ url, title }: { url: string; title: string }, site: SiteRecord, at: number): ProfilePage {
    return { at, url: withoutCampaign(this.#deps.pageOf(site, url)), title };
  }

  #ofBrowser({ hello, site, shake }: Begun): ChatProfile | null {
    const { directory, now } = this.#deps;
    const settings = directory.settings(site.workspace);
    if (!settings) return null;
    const told = { timeZone: hello.tz, hints: undefined, auto: false, signal: hello.signal === true };
    // Tracking off is no wish of the visitor's; a signal or cookieless mode is about the address too.
    const isLimited = collectOf(shake, told, { ...settings, tracking: true }) !== 'all';
    const { place, agent, ip } = assess(shake, told, { site, settings, collect: isLimited ? 'limited' : 'all' }, this.#deps);
    const { country, region, city, approximate, organisation } = place;
    const at = Math.floor(now());
    return {
      ...agent,
      country,
      region,
      city,
      approximate,
      organisation,
      ip,
      data: {},
      timeZone: hello.tz,
      lang: hello.lang,
      screen: '',
      referrer: '',
      campaign: campaignOf(hello.page.url),
      firstSeenAt: at,
      lastSeenAt: at,
      pages: [this.#pageOf(hello.page, site, at)],
    };
  }
}

function profileOfVisit(detail: Detail): ChatProfile {
  const { country, region, city, approximate, timeZone, lang, browser, browserVersion, os, osVersion, device } = detail;
  return {
    ...{ country, region, city, approximate, timeZone, lang, browser, browserVersion, os, osVersion, device },
    screen: detail.screen,
    organisation: detail.organisation,
    ip: detail.ip ?? '',
    referrer: detail.referrer,
    campaign: detail.campaign,
    data: detail.identity?.data ?? {},
    firstSeenAt: detail.firstVisitAt,
    lastSeenAt: detail.lastActivityAt,
    pages: detail.trail.slice(-PAGES).toReversed(),
  };
}
