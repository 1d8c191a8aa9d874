/**
 * What a visitor's tab and the server say to each other. Sequence (README.md has it in full):
 *
 *   tab connects → server `welcome` → tab `hello` (only when `tracking` and consent allow) → server `you`
 *   → tab `page` | `title` | `state` | `act` | `identify` | `context` … → server `stored` for page views that are on disk.
 *   A new `welcome` may come at any time: tracking:false ends the visit (say nothing more), tracking:true asks for `hello` again.
 *
 * Objects are strict: an unknown field closes the socket with `bad_frame`, so that a typo never becomes silent loss.
 */
import * as v from 'valibot';
import { LIMITS } from './limits.ts';
import { saidData, saidText, saidValue } from './said.ts';
import { type VisitorChatDown, VisitorChatUp } from './chat-visitor.ts';

const DAY_MS = 86_400_000;
/** How long ago. A tab that slept for longer has said what it says about a visit that is over: a day of it is as good. */
const ms = v.pipe(
  v.number(),
  v.finite(),
  v.minValue(0),
  v.transform((ago) => Math.min(ago, DAY_MS)),
);
const text = (max: number) => v.pipe(v.string(), v.maxLength(max));
const token = (max: number) => v.pipe(v.string(), v.minLength(8), v.maxLength(max), v.regex(/^[A-Za-z0-9._-]+$/));

const pageFields = {
  /** 1, 2, 3 … within the tab (= one document). The server stores each number once. */
  n: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000)),
  /** Absolute, without query (but utm_* and the site's own list) and without fragment (but of a hash router). */
  url: text(LIMITS.urlChars),
  title: text(LIMITS.titleChars),
  /** document.referrer, of the document's first page view only; sanitised like `url`. */
  ref: v.optional(text(LIMITS.urlChars)),
  /** How long ago the view happened, when it is sent late. A tab's clock is never used, its stopwatch is. */
  agoMs: v.optional(ms),
};
export const PageView = v.strictObject(pageFields);
export type PageView = v.InferOutput<typeof PageView>;

export const CONTEXT_KINDS = ['checkout', 'cart', 'product', 'collection', 'search', 'none'] as const;
export type ContextKind = (typeof CONTEXT_KINDS)[number];

export const Hints = v.strictObject({
  brands: v.optional(v.pipe(v.array(v.pipe(v.tuple([text(60), text(30)]))), v.maxLength(8))),
  platform: v.optional(text(30)),
  platformVersion: v.optional(text(30)),
  model: v.optional(text(60)),
  mobile: v.optional(v.boolean()),
});
export type Hints = v.InferOutput<typeof Hints>;

export const Hello = v.strictObject({
  t: v.literal('hello'),
  v: v.pipe(v.number(), v.integer()),
  /** 8–32 characters, random, one per document; not kept in any storage, so *Duplicate tab* cannot copy it. */
  tab: token(32),
  /** The visitor's secret from an earlier `you`. Absent, or no token (a page can write into its own storage): a new visitor, the server makes one. */
  secret: v.fallback(v.optional(token(64)), undefined),
  /** The last resume token, after a reconnect or from a page of the same visit. No token: as if absent. */
  resume: v.fallback(v.optional(token(600)), undefined),
  /** Page views not yet said to be stored, oldest first; the last one is the current page. At least one. */
  pages: v.pipe(v.array(PageView), v.minLength(1), v.maxLength(LIMITS.unstoredPages)),
  lang: text(35),
  tz: text(60),
  screen: v.pipe(v.array(v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(100_000))), v.length(3)),
  hidden: v.boolean(),
  focused: v.boolean(),
  /** Time since the last input in this tab; absent for a document that has just opened (opening is activity). */
  idleMs: v.optional(ms),
  /** navigator.webdriver: a browser driven by a program. */
  auto: v.optional(v.boolean()),
  /** Global Privacy Control or Do Not Track is on. */
  signal: v.optional(v.boolean()),
  hints: v.optional(Hints),
});
export type Hello = v.InferOutput<typeof Hello>;

const PageFrame = v.strictObject({ t: v.literal('page'), ...pageFields });
const TitleFrame = v.strictObject({ t: v.literal('title'), n: pageFields.n, title: pageFields.title });
const StateFrame = v.strictObject({ t: v.literal('state'), hidden: v.boolean(), focused: v.boolean() });
const ActFrame = v.strictObject({ t: v.literal('act') });
const ByeFrame = v.strictObject({ t: v.literal('bye') });
/** An unknown kind is 'none': see said.ts. */
const ContextFrame = v.strictObject({
  t: v.literal('context'),
  kind: v.fallback(v.picklist(CONTEXT_KINDS), 'none'),
  data: v.optional(saidData),
});
/** Not strict, unlike the rest: the tracker passes on what the page said. */
const IdentifyFrame = v.object({
  t: v.literal('identify'),
  /** The site's own id of this person; `hash` = HMAC-SHA256 of it (of the e-mail where there is none) under the site's identity secret, hex, makes it *verified*. */
  id: v.optional(saidText),
  hash: v.optional(saidText),
  name: v.optional(saidText),
  email: v.optional(saidText),
  data: v.optional(saidData),
});

/** Not strict, as identify is not. What is no goal of the site's does not count: see the site's list of unknown ones. */
const GoalFrame = v.object({
  t: v.literal('goal'),
  /** Id or name of a goal of the site. */
  name: v.optional(saidText),
  /** In whole units of the currency. */
  value: v.optional(saidValue),
  /** ISO 4217. */
  currency: v.optional(saidText),
  /** How long ago it was reached, when it is sent late. */
  agoMs: v.optional(v.fallback(ms, 0)),
});

/** All a tab may say. */
export const VisitorUp = v.variant('t', [
  Hello,
  PageFrame,
  TitleFrame,
  StateFrame,
  ActFrame,
  ContextFrame,
  IdentifyFrame,
  GoalFrame,
  ByeFrame,
]);
export type VisitorUp = v.InferOutput<typeof VisitorUp>;

/** The long-poll body and the `pagehide` beacon carry several frames. `sid`: the poll session from the first answer. */
export const VisitorPost = v.strictObject({
  site: text(64),
  v: v.pipe(v.number(), v.integer()),
  sid: v.optional(token(64)),
  frames: v.pipe(v.array(v.variant('t', [...VisitorUp.options, ...VisitorChatUp.options])), v.maxLength(40)),
});
export type VisitorPost = v.InferOutput<typeof VisitorPost>;

export interface Welcome {
  readonly t: 'welcome';
  readonly v: number;
  /** false: say nothing, keep the socket; a later `welcome` may turn it on. */
  readonly tracking: boolean;
  /** 'required': `hello` only after foyer('consent', 'granted'). */
  readonly consent: 'none' | 'required';
  /** 'none': cookieless, store nothing in the browser. */
  readonly storage: 'cookie' | 'none';
  /** What GPC/DNT do: 'limit' = visit without storage or identity, 'off' = no hello at all, 'ignore'. */
  readonly signals: 'limit' | 'off' | 'ignore';
  /** Query parameters this site keeps besides utm_*, for trackers that were cached before there was `keep`. */
  readonly params: readonly string[];
  /** What of a query parameter stays in an address, as the source of a pattern without groups. */
  readonly keep: string;
  /** true: the site routes by hash, keep `#/path` in URLs. */
  readonly hash: boolean;
  /** Absent: the site has no widget. Else a word that changes with its look, which is read anew then (GET <embedPath>/look). */
  readonly chat?: string;
  /** Given in advance for the day this server dies without a word: wait a random time in this window. */
  readonly retry: { readonly minMs: number; readonly maxMs: number };
}
export interface You {
  readonly t: 'you';
  /** Only when new: keep it in a first-party cookie. It authenticates the visitor; the id never does. */
  readonly secret?: string;
  readonly visitor: string;
  readonly visit: string;
  readonly resume: string;
}
export interface Resume {
  readonly t: 'resume';
  readonly token: string;
}
/** Page views up to and including `n` of this tab are on disk, and the goals it said before: forget them. */
export interface Stored {
  readonly t: 'stored';
  readonly n: number;
}
/** Last frame of a long-poll session that is closed; a WebSocket gets the same as its close code and reason. */
export interface Closed {
  readonly t: 'closed';
  readonly code: number;
  readonly reason: string;
}
export type VisitorDown = Welcome | You | Resume | Stored | Closed;
/** Answer to a poll. */
export interface PollAnswer {
  readonly sid: string;
  readonly frames: readonly (VisitorDown | VisitorChatDown)[];
}
