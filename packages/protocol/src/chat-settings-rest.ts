/** Shapes of /api/v1 around chat that are settings rather than conversations: the widget's look, mail, alerts, push, what is known of a person. */
import * as v from 'valibot';
import { chatId, Email, short } from './chat-schemas.ts';
import { LIMITS } from './limits.ts';
import type { Contact, Conversation } from './chat.ts';
import type { TeamState } from './chat-visitor.ts';

export const WIDGET_LANGUAGES = ['en', 'de', 'fr', 'es', 'tr', 'ar'] as const;
export type WidgetLanguage = (typeof WIDGET_LANGUAGES)[number];
export const ASKED = ['no', 'optional', 'required'] as const;
const text = (max: number) => v.pipe(v.string(), v.trim(), v.maxLength(max));
/** Own texts of the site; '' = the widget's, in the visitor's language. */
const lookFields = {
  enabled: v.boolean(),
  /** #rrggbb. Text on it is chosen so that it can be read. */
  accent: v.pipe(v.string(), v.toLowerCase(), v.regex(/^#[0-9a-f]{6}$/)),
  theme: v.picklist(['auto', 'light', 'dark']),
  /** In writing direction. */
  side: v.picklist(['end', 'start']),
  /** Distance of the launcher from the edges. */
  offsetPx: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(200)),
  /** 'auto': the page's, then the browser's. */
  language: v.picklist(['auto', ...WIDGET_LANGUAGES]),
  teamName: text(60),
  greetingTitle: text(80),
  greeting: text(300),
  questions: v.pipe(v.array(short(120)), v.maxLength(6)),
  askName: v.picklist(ASKED),
  askEmail: v.picklist(ASKED),
  /** The visitor chooses whom to talk to, before the first message. */
  askTeam: v.boolean(),
  /** After the first message, when it is not known: a step that can be skipped. */
  captureEmail: v.boolean(),
  offerRating: v.boolean(),
  offerTranscript: v.boolean(),
  attachments: v.boolean(),
  sound: v.boolean(),
};
export const WidgetLookPatch = v.partial(v.strictObject(lookFields));
export type WidgetLookPatch = v.InferOutput<typeof WidgetLookPatch>;
export type WidgetLook = v.InferOutput<v.StrictObjectSchema<typeof lookFields, undefined>>;
export const WIDGET_LOOK: WidgetLook = {
  enabled: true,
  accent: '#0f766e',
  theme: 'auto',
  side: 'end',
  offsetPx: 20,
  language: 'auto',
  teamName: '',
  greetingTitle: '',
  greeting: '',
  questions: [],
  askName: 'no',
  askEmail: 'no',
  askTeam: false,
  captureEmail: true,
  offerRating: true,
  offerTranscript: true,
  attachments: true,
  sound: true,
};
/** GET <embedPath>/look?site=KEY: all a widget needs to draw itself. Public; may be a minute old. */
export interface PublicLook extends WidgetLook {
  /** As in `welcome.chat`. */
  readonly revision: string;
  readonly site: string;
  readonly faces: readonly { readonly name: string; readonly face: string }[];
  readonly teams: readonly { readonly id: string; readonly name: string }[];
  readonly team: TeamState;
  /** Mail can be sent: transcript and answers by mail are offered. */
  readonly mail: boolean;
}

/** PUT /mail. The password is written, never read; absent: it stays. */
export const MailBody = v.strictObject({
  host: short(253),
  port: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535)),
  /** 'tls': from the first byte; 'starttls': demanded; 'none': not even offered (a relay on the same machine). */
  security: v.picklist(['tls', 'starttls', 'none']),
  user: text(200),
  password: v.optional(v.pipe(v.string(), v.maxLength(500))),
  fromName: text(80),
  fromEmail: Email,
});
export type MailBody = v.InferOutput<typeof MailBody>;
export interface MailSettings {
  readonly configured: boolean;
  readonly host: string;
  readonly port: number;
  readonly security: MailBody['security'];
  readonly user: string;
  readonly hasPassword: boolean;
  readonly fromName: string;
  readonly fromEmail: string;
  /** What went wrong with the last mail; '' when it went well. */
  readonly lastError: string;
  readonly lastErrorAt: number;
  readonly queued: number;
}
export const MailTestBody = v.strictObject({ to: Email });
export const TranscriptMailBody = v.strictObject({ email: Email });

/** Tell me when a visit begins (visitor), or comes to match (page): once for each visit. */
export const ALERT_KINDS = ['visitor', 'page', 'chat'] as const;
const alertFields = {
  name: short(60),
  kind: v.picklist(ALERT_KINDS),
  /** As in the filter bar; '' = everybody. Of kind 'chat': nothing but a site. */
  filter: v.pipe(v.string(), v.trim(), v.maxLength(LIMITS.filterChars)),
  site: v.optional(v.pipe(v.string(), v.maxLength(64)), ''),
  sound: v.boolean(),
  /** By the browser's notifications. */
  notify: v.boolean(),
  enabled: v.boolean(),
};
export const AlertBody = v.strictObject(alertFields);
export type AlertBody = v.InferOutput<typeof AlertBody>;
export const AlertPatch = v.partial(v.strictObject({ ...alertFields, site: v.pipe(v.string(), v.maxLength(64)) }));
export type AlertPatch = v.InferOutput<typeof AlertPatch>;
export interface Alert extends AlertBody {
  readonly id: string;
  readonly createdAt: number;
}
/** An agent's own, at most 20. */
export const MOST_ALERTS = 20;

/** As PushSubscription.toJSON() has it. */
export const PushBody = v.strictObject({
  endpoint: v.pipe(v.string(), v.maxLength(1_000), v.url(), v.startsWith('https://')),
  keys: v.strictObject({
    p256dh: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{80,100}$/)),
    auth: v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{20,30}$/)),
  }),
  /** What the browser calls itself, for the list in settings. */
  label: v.optional(text(80), ''),
  /** In which language it is told. */
  lang: v.optional(text(35), 'en'),
});
export type PushBody = v.InferOutput<typeof PushBody>;
/** A browser that is told when no tab of the dashboard is open. */
export interface PushDevice {
  readonly id: string;
  readonly label: string;
  readonly createdAt: number;
  /** The subscription's own address, so that a browser finds itself in the list. */
  readonly endpoint: string;
}
/** An agent's own. */
export const MOST_PUSH_DEVICES = 10;
export interface PushKey {
  /** VAPID public key, base64url. */
  readonly key: string;
}
/** What a push says; ids and a short title, the rest is fetched after the click. */
export interface PushMessage {
  readonly title: string;
  readonly body: string;
  readonly conversation: string;
  readonly tag: string;
}

export const CHAT_COUNTS_QUERY = v.strictObject({ site: v.optional(chatId) });
export interface ChatCounts {
  /** Unassigned + Assigned + AI chat. */
  readonly active: number;
  /** Of these, those without a visit on the map. */
  readonly elsewhere: number;
  readonly unassigned: number;
  /** Assigned to the asking agent. */
  readonly mine: number;
  /** Conversations that wait for this agent or for anybody, with words the agent has not seen. */
  readonly unread: number;
}

export interface ProfilePage {
  readonly at: number;
  readonly url: string;
  readonly title: string;
}
/** What is known of the person in a conversation: of the visit while it is listed, else of the last one stored, else of the chat itself. */
export interface ConversationProfile {
  readonly conversation: string;
  /** Visitor id by which the visit is found on the map; '' when it has none. */
  readonly visitor: string;
  readonly n: number;
  readonly online: boolean;
  readonly contact: Contact;
  readonly data: Readonly<Record<string, string | number | boolean | null>>;
  readonly country: string;
  readonly region: string;
  readonly city: string;
  readonly approximate: boolean;
  readonly timeZone: string;
  readonly lang: string;
  readonly browser: string;
  readonly browserVersion: string;
  readonly os: string;
  readonly osVersion: string;
  readonly device: string;
  readonly screen: string;
  /** Masked; absent for roles without the permission. */
  readonly ip?: string;
  readonly organisation: string;
  readonly referrer: string;
  readonly campaign: string;
  readonly firstSeenAt: number;
  readonly lastSeenAt: number;
  readonly visits: number;
  /** The latest 10, newest first. */
  readonly pages: readonly ProfilePage[];
  /** Newest first, at most 20. */
  readonly earlier: readonly Conversation[];
}
/** An agent as their colleagues see them in chat. */
export interface ChatColleague {
  readonly id: string;
  readonly name: string;
  readonly availability: 'online' | 'away' | 'offline';
  /** What the agent has chosen. */
  readonly available: 'online' | 'away' | 'offline';
  readonly load: number;
  readonly capacity: number;
  /** Set for this agent; null: the workspace's. */
  readonly ownCapacity: number | null;
  readonly teams: readonly string[];
}
