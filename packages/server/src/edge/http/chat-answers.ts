/** What the API answers around chat, as schemas: documented by OpenAPI, held to the protocol's types by the compiler and to the truth by tests. */
import {
  type Alert,
  ALERT_KINDS,
  AVAILABILITIES,
  type CannedReply,
  type ChangesPage,
  CHAT_EVENTS,
  CHAT_SOURCES,
  type ChatColleague,
  type ChatCounts,
  type ChatFile,
  type ChatSettings,
  type ChatTeam,
  type Conversation,
  CONVERSATION_STATUSES,
  type ConversationProfile,
  FIELD_TYPES,
  type FoundMessages,
  type InboxEntry,
  type InboxPage,
  type MailSettings,
  type Message,
  type MessageBody,
  type MessagesPage,
  type PushDevice,
  type PushKey,
  type Uploaded,
  WIDGET_LANGUAGES,
  type WidgetLook,
  WorkingHours,
} from '@foyer/protocol';
import * as v from 'valibot';

const text = v.string();
const ms = v.pipe(v.number(), v.description('Epoch milliseconds'));
const count = v.pipe(v.number(), v.integer());
const scalar = v.union([text, v.number(), v.boolean(), v.null()]);

const FileAnswer = v.object({
  id: text,
  name: text,
  type: v.pipe(text, v.description('As found in the content, not as claimed.')),
  bytes: count,
  width: count,
  height: count,
  url: v.exactOptional(v.pipe(text, v.description('Signed, good for a day at least. With `preview=1` a picture comes inline.'))),
}) satisfies v.GenericSchema<unknown, ChatFile>;
export const UploadedAnswer: v.GenericSchema<unknown, Uploaded> = v.object({ file: FileAnswer });

const marks = v.object({ delivered: count, read: count });
const ConversationAnswer: v.GenericSchema<unknown, Conversation> = v.object({
  id: text,
  site: text,
  source: v.picklist(CHAT_SOURCES),
  visitor: text,
  status: v.picklist(CONVERSATION_STATUSES),
  owner: v.object({ kind: v.picklist(['nobody', 'agent', 'ai']), id: text, epoch: count }),
  team: text,
  contact: v.object({ name: text, email: text, verified: v.boolean() }),
  tags: v.array(text),
  goals: v.array(v.object({ goal: text, at: ms, value: v.number(), currency: text })),
  startedAt: ms,
  lastMessageAt: ms,
  awaitingSince: ms,
  waitingSince: ms,
  resolvedAt: ms,
  seq: count,
  rev: count,
  shownRev: count,
  marks: v.object({ visitor: marks, team: marks }),
  rating: v.nullable(v.object({ stars: count, comment: text })),
  invitation: v.nullable(v.object({ by: text, at: ms, seenAt: ms })),
  blockedUntil: ms,
});
export const ConversationsAnswer: v.GenericSchema<unknown, readonly Conversation[]> = v.array(ConversationAnswer);

const BodyAnswer = v.variant('kind', [
  v.object({
    kind: v.literal('text'),
    text,
    sources: v.exactOptional(v.array(v.object({ title: text, url: text }))),
  }),
  v.object({ kind: v.literal('attachment'), text, files: v.array(FileAnswer) }),
  v.object({ kind: v.literal('buttons'), text, buttons: v.array(v.object({ id: text, label: text })) }),
  v.object({
    kind: v.literal('form'),
    text,
    fields: v.array(v.object({ id: text, label: text, type: v.picklist(FIELD_TYPES), required: v.boolean(), choices: v.array(text) })),
  }),
  v.object({ kind: v.literal('choice'), to: count, button: text, label: text }),
  v.object({ kind: v.literal('submission'), to: count, values: v.array(v.object({ id: text, label: text, value: text })) }),
  v.object({ kind: v.literal('rating'), stars: count, comment: text }),
  v.object({ kind: v.literal('note'), text, mentions: v.array(text) }),
  v.object({ kind: v.literal('event'), event: v.picklist(CHAT_EVENTS), whom: text }),
]) satisfies v.GenericSchema<unknown, MessageBody>;
const MessageAnswer = v.object({
  seq: count,
  rev: count,
  at: ms,
  from: v.object({ kind: v.picklist(['visitor', 'agent', 'ai', 'system']), id: text }),
  cid: text,
  body: BodyAnswer,
  editedAt: ms,
  gone: v.picklist(['', 'deleted', 'undone']),
  answeredBy: count,
}) satisfies v.GenericSchema<unknown, Message>;

const visitorNumber = v.exactOptional(v.pipe(count, v.description('`Visitor N`')));
export const InboxEntryAnswer: v.GenericSchema<unknown, InboxEntry> = v.object({
  conversation: ConversationAnswer,
  last: v.nullable(MessageAnswer),
  unread: v.pipe(count, v.description('Visitor messages that the asking agent has not seen; at most 100.')),
  n: visitorNumber,
  country: v.exactOptional(text),
});
export const InboxAnswer: v.GenericSchema<unknown, InboxPage> = v.object({ entries: v.array(InboxEntryAnswer), next: v.nullable(text) });
export const MessagesAnswer: v.GenericSchema<unknown, MessagesPage> = v.object({
  conversation: ConversationAnswer,
  messages: v.array(MessageAnswer),
  rev: v.pipe(count, v.description('With `after`: up to here it is complete.')),
  more: v.boolean(),
});
export const ChangesAnswer: v.GenericSchema<unknown, ChangesPage> = v.object({
  chatSeq: v.pipe(count, v.description('Up to here it is complete: `after` of the next call.')),
  entries: v.array(InboxEntryAnswer),
  more: v.boolean(),
});
export const FoundAnswer: v.GenericSchema<unknown, FoundMessages> = v.object({
  found: v.array(v.object({ conversation: ConversationAnswer, message: MessageAnswer, n: visitorNumber })),
  next: v.nullable(text),
});
export const CountsAnswer: v.GenericSchema<unknown, ChatCounts> = v.object({
  active: count,
  elsewhere: v.pipe(count, v.description('Of the active ones, those without a visit on the map.')),
  unassigned: count,
  mine: count,
  unread: v.pipe(count, v.description('Conversations with words the asking agent has not seen.')),
});

export const ProfileAnswer: v.GenericSchema<unknown, ConversationProfile> = v.object({
  conversation: text,
  visitor: text,
  n: count,
  online: v.boolean(),
  contact: v.object({ name: text, email: text, verified: v.boolean() }),
  data: v.record(text, scalar),
  country: text,
  region: text,
  city: text,
  approximate: v.boolean(),
  timeZone: text,
  lang: text,
  browser: text,
  browserVersion: text,
  os: text,
  osVersion: text,
  device: text,
  screen: text,
  ip: v.exactOptional(text),
  organisation: text,
  referrer: text,
  campaign: text,
  firstSeenAt: ms,
  lastSeenAt: ms,
  visits: count,
  pages: v.array(v.object({ at: ms, url: text, title: text })),
  earlier: ConversationsAnswer,
});

export const CannedReplyAnswer: v.GenericSchema<unknown, CannedReply> = v.object({
  id: text,
  shortcut: text,
  text,
  shared: v.boolean(),
  mine: v.boolean(),
});
export const CannedRepliesAnswer: v.GenericSchema<unknown, readonly CannedReply[]> = v.array(CannedReplyAnswer);
export const ChatTeamAnswer: v.GenericSchema<unknown, ChatTeam> = v.object({ id: text, name: text, members: v.array(text) });
export const ChatTeamsAnswer: v.GenericSchema<unknown, readonly ChatTeam[]> = v.array(ChatTeamAnswer);
export const ColleagueAnswer: v.GenericSchema<unknown, ChatColleague> = v.object({
  id: text,
  name: text,
  availability: v.picklist(AVAILABILITIES),
  available: v.pipe(v.picklist(AVAILABILITIES), v.description('What the agent has chosen.')),
  load: count,
  capacity: count,
  ownCapacity: v.nullable(count),
  teams: v.array(text),
});
export const ColleaguesAnswer: v.GenericSchema<unknown, readonly ChatColleague[]> = v.array(ColleagueAnswer);
export const ChatSettingsAnswer: v.GenericSchema<unknown, ChatSettings> = v.object({
  reopenForMs: count,
  requeueAfterMs: count,
  assignment: v.picklist(['manual', 'automatic']),
  capacity: count,
  hours: WorkingHours,
  typingPreview: v.boolean(),
  answerGoalMs: count,
  keepDays: count,
});

const asked = v.picklist(['no', 'optional', 'required']);
export const LookAnswer: v.GenericSchema<unknown, WidgetLook> = v.object({
  enabled: v.boolean(),
  accent: text,
  theme: v.picklist(['auto', 'light', 'dark']),
  side: v.picklist(['end', 'start']),
  offsetPx: count,
  language: v.picklist(['auto', ...WIDGET_LANGUAGES]),
  teamName: text,
  greetingTitle: text,
  greeting: text,
  questions: v.array(text),
  askName: asked,
  askEmail: asked,
  askTeam: v.boolean(),
  captureEmail: v.boolean(),
  offerRating: v.boolean(),
  offerTranscript: v.boolean(),
  attachments: v.boolean(),
  sound: v.boolean(),
});

export const AlertAnswer: v.GenericSchema<unknown, Alert> = v.object({
  id: text,
  name: text,
  kind: v.picklist(ALERT_KINDS),
  filter: text,
  site: text,
  sound: v.boolean(),
  notify: v.boolean(),
  enabled: v.boolean(),
  createdAt: ms,
});
export const AlertsAnswer: v.GenericSchema<unknown, readonly Alert[]> = v.array(AlertAnswer);
export const PushKeyAnswer: v.GenericSchema<unknown, PushKey> = v.object({ key: v.pipe(text, v.description('VAPID, base64url.')) });
export const PushDeviceAnswer: v.GenericSchema<unknown, PushDevice> = v.object({ id: text, label: text, createdAt: ms, endpoint: text });
export const PushDevicesAnswer: v.GenericSchema<unknown, readonly PushDevice[]> = v.array(PushDeviceAnswer);
export const MailAnswer: v.GenericSchema<unknown, MailSettings> = v.object({
  configured: v.boolean(),
  host: text,
  port: count,
  security: v.picklist(['tls', 'starttls', 'none']),
  user: text,
  hasPassword: v.boolean(),
  fromName: text,
  fromEmail: text,
  lastError: text,
  lastErrorAt: ms,
  queued: count,
});
