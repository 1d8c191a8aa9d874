import { maskFor } from '@foyer/domain';
import { conversationOf } from '@foyer/domain/chat';
import type { ConversationProfile, Detail, ProfilePage } from '@foyer/protocol';
import type { ChatProfile } from '../../../ports/chat-store.ts';
import type { VisitRecord } from '../../../ports/history-store.ts';
import { ProfileAnswer } from '../chat-answers.ts';
import type { HttpDeps } from '../deps.ts';
import type { Endpoints } from '../endpoint.ts';
import { REFUSALS, reply } from '../replies.ts';

const MOST_PAGES = 10;
const MOST_EARLIER = 20;
/** Enough to have ten pages of somebody who looks at one page at a time. */
const VISITS_LOOKED_AT = 10;

/** What both kinds of source say alike. */
type Facts = Omit<ChatProfile, 'firstSeenAt' | 'lastSeenAt' | 'pages' | 'data'>;

export function profileRoutes({ guarded }: Endpoints, { chats, chat, live, history }: HttpDeps): void {
  guarded({
    method: 'get',
    path: '/conversations/:id/profile',
    tag: 'Conversations',
    access: 'chat',
    status: 200,
    answer: ProfileAnswer,
    summary: 'What is known of the person in a conversation',
    about:
      'Of the visit while it is listed, else of the last one stored, else of what the chat itself was told. The latest 10 pages, and earlier conversations.',
    async handle({ actor, param }) {
      const { workspace } = actor;
      const stored = await chats.conversation({ workspace, id: param('id') });
      if (stored === null) return REFUSALS.notFound;
      const { state } = stored;
      const hidden = maskFor(actor.role);
      const visitor = chat.visitIdOf(state) || state.visitor;
      const [detail, visits, [met], known, others] = await Promise.all([
        visitor === '' ? null : live.detail({ workspace, id: visitor, hidden }),
        visitor === '' ? [] : history.visitsOf({ workspace, visitor, limit: VISITS_LOOKED_AT }),
        visitor === '' ? [] : history.lastMet({ workspace, visitors: [visitor] }),
        chats.profile({ workspace, conversation: state.id }),
        chats.conversationsOf({ workspace, visitor: state.visitor, limit: MOST_EARLIER + 1 }),
      ]);
      const [visit] = visits;
      const { ip, ...facts } = detail ? ofDetail(detail) : visit ? ofVisit(visit) : (known ?? NOTHING);
      const times = visits.flatMap(({ startedAt, lastActivityAt }) => [startedAt, lastActivityAt]);
      const profile: ConversationProfile = {
        conversation: state.id,
        visitor: chat.visitIdOf(state),
        n: detail?.n ?? met?.number ?? 0,
        online: detail?.online ?? chat.visitorHere(workspace, state.visitor),
        contact: state.contact,
        data: { ...known?.data, ...detail?.identity?.data },
        ...without(facts),
        ...(hidden.includes('ip') ? {} : { ip }),
        firstSeenAt: earliest([detail?.firstVisitAt, met?.firstVisitAt, known?.firstSeenAt, ...times, state.startedAt]),
        lastSeenAt: Math.max(detail?.lastActivityAt ?? 0, known?.lastSeenAt ?? 0, ...times, state.startedAt),
        visits: detail?.visits ?? met?.visits ?? 0,
        pages: latest([...(detail?.trail ?? []), ...visits.flatMap(({ trail }) => trail), ...(known?.pages ?? [])]),
        earlier: others
          .map((other) => conversationOf(other.state))
          .filter(({ id }) => id !== state.id)
          .slice(0, MOST_EARLIER),
      };
      return reply(profile);
    },
  });
}

const FACTS = [
  ...(['country', 'region', 'city', 'approximate', 'timeZone', 'lang', 'browser', 'browserVersion', 'os', 'osVersion'] as const),
  ...(['device', 'screen', 'organisation', 'referrer', 'campaign'] as const),
];
type Shown = Omit<Facts, 'ip'>;
/** Those facts and nothing else: a record has more. */
const without = (facts: Shown): Shown => Object.fromEntries(FACTS.map((name) => [name, facts[name]])) as unknown as Shown;

const ofDetail = (detail: Detail): Facts => ({ ...detail, ip: detail.ip ?? '' });
const ofVisit = (visit: VisitRecord): Facts => visit;
const NOTHING: Facts = {
  country: '',
  region: '',
  city: '',
  approximate: false,
  timeZone: '',
  lang: '',
  browser: '',
  browserVersion: '',
  os: '',
  osVersion: '',
  device: '',
  screen: '',
  ip: '',
  organisation: '',
  referrer: '',
  campaign: '',
};

const earliest = (times: readonly (number | undefined)[]): number =>
  Math.min(...(times.filter((at) => at !== undefined && at > 0) as number[]));

/** Newest first. A page view that two sources know is one: they tell its time to within a second. */
function latest(pages: readonly ProfilePage[]): ProfilePage[] {
  const sorted = pages.toSorted((a, b) => b.at - a.at);
  const kept: ProfilePage[] = [];
  for (const page of sorted) {
    if (kept.length === MOST_PAGES) break;
    if (!kept.some(({ url, at }) => url === page.url && at - page.at < 1_000)) kept.push({ at: page.at, url: page.url, title: page.title });
  }
  return kept;
}
