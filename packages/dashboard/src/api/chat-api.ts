import type {
  Alert,
  AlertBody,
  AlertPatch,
  CannedReply,
  CannedReplyBody,
  ChangesPage,
  ChatAgentPatch,
  ChatColleague,
  ChatCounts,
  ChatFile,
  ChatSettings,
  ChatSettingsPatch,
  ChatTeam,
  Conversation,
  ConversationProfile,
  FoundMessages,
  InboxEntry,
  InboxPage,
  InboxQuery,
  MailBody,
  MailSettings,
  MessagesPage,
  PushBody,
  PushDevice,
  PushKey,
  TeamBody,
  Uploaded,
  WidgetLook,
  WidgetLookPatch,
} from '@foyer/protocol';
import { request } from './request.ts';
import { upload, type UploadOptions } from './upload.ts';

/** Filters of the inbox; lists are any of. What is absent is not asked. */
export type InboxFilter = Partial<InboxQuery>;

const id = encodeURIComponent;
const conversation = (of: string): string => `/conversations/${id(of)}`;
const query = (q: Readonly<Record<string, unknown>>): string => {
  const said = Object.entries(q).flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, String(value)]]));
  return said.length === 0 ? '' : `?${new URLSearchParams(said).toString()}`;
};

/** The REST calls around conversations. Apart from `api`, so that the first load does not carry them. All throw `ApiFailure`. */
export const chatApi = {
  /** A page of the inbox; `after`: `next` of the page before. */
  conversations: (q: InboxFilter = {}, signal?: AbortSignal) => request<InboxPage>(`/conversations${query(q)}`, given(signal)),
  conversation: (of: string) => request<InboxEntry>(conversation(of)),
  /** Conversations of a visitor, newest first. */
  conversationsOf: (visitor: string) => request<Conversation[]>(`/visitors/${id(visitor)}/conversations`),
  /** The last messages, those before a `seq`, or changes after a `rev`. */
  messages: (of: string, q: { readonly before?: number; readonly after?: number; readonly limit?: number } = {}) =>
    request<MessagesPage>(`${conversation(of)}/messages${query(q)}`),
  profile: (of: string) => request<ConversationProfile>(`${conversation(of)}/profile`),
  /** To be opened as a link: the browser saves it. */
  transcriptUrl: (of: string, format: 'text' | 'json') => `/api/v1${conversation(of)}/transcript?format=${format}`,
  mailTranscript: (of: string, email: string) => request<unknown>(`${conversation(of)}/transcript`, { method: 'POST', body: { email } }),

  search: (q: { readonly text: string; readonly after?: string; readonly limit?: number }, signal?: AbortSignal) =>
    request<FoundMessages>(`/chat/search${query(q)}`, given(signal)),
  changes: (after: number, limit?: number) => request<ChangesPage>(`/chat/changes${query({ after, limit })}`),
  counts: (site?: string) => request<ChatCounts>(`/chat/counts${query({ site })}`),

  cannedReplies: () => request<CannedReply[]>('/canned-replies'),
  addCannedReply: (body: CannedReplyBody) => request<CannedReply>('/canned-replies', { method: 'POST', body }),
  saveCannedReply: (of: string, body: CannedReplyBody) => request<CannedReply>(`/canned-replies/${id(of)}`, { method: 'PUT', body }),
  removeCannedReply: (of: string) => request<unknown>(`/canned-replies/${id(of)}`, { method: 'DELETE' }),

  teams: () => request<ChatTeam[]>('/chat/teams'),
  addTeam: (body: TeamBody) => request<ChatTeam>('/chat/teams', { method: 'POST', body }),
  saveTeam: (of: string, body: TeamBody) => request<ChatTeam>(`/chat/teams/${id(of)}`, { method: 'PUT', body }),
  removeTeam: (of: string) => request<unknown>(`/chat/teams/${id(of)}`, { method: 'DELETE' }),

  /** Every member, by name: who is available, with how many chats. */
  agents: () => request<ChatColleague[]>('/chat/agents'),
  /** Of oneself anybody; of others owners and admins. */
  saveAgent: (user: string, patch: ChatAgentPatch) => request<ChatColleague>(`/chat/agents/${id(user)}`, { method: 'PATCH', body: patch }),
  settings: () => request<ChatSettings>('/chat/settings'),
  saveSettings: (patch: ChatSettingsPatch) => request<ChatSettings>('/chat/settings', { method: 'PATCH', body: patch }),

  look: (site: string) => request<WidgetLook>(`/sites/${id(site)}/look`),
  saveLook: (site: string, patch: WidgetLookPatch) => request<WidgetLook>(`/sites/${id(site)}/look`, { method: 'PATCH', body: patch }),

  /** A file to send: its id goes into a message of kind `attachment`. At most 10 MB, of the types that are taken; else `ApiFailure`. */
  upload: (file: File, options?: UploadOptions): Promise<ChatFile> =>
    upload<Uploaded>(`/files${query({ name: file.name })}`, file, options).then((answer) => answer.file),

  alerts: () => request<Alert[]>('/alerts'),
  addAlert: (body: AlertBody) => request<Alert>('/alerts', { method: 'POST', body }),
  saveAlert: (of: string, patch: AlertPatch) => request<Alert>(`/alerts/${id(of)}`, { method: 'PATCH', body: patch }),
  removeAlert: (of: string) => request<unknown>(`/alerts/${id(of)}`, { method: 'DELETE' }),

  pushKey: () => request<PushKey>('/push/key'),
  pushDevices: () => request<PushDevice[]>('/push/devices'),
  addPushDevice: (body: PushBody) => request<PushDevice>('/push/devices', { method: 'POST', body }),
  removePushDevice: (of: string) => request<unknown>(`/push/devices/${id(of)}`, { method: 'DELETE' }),

  mail: () => request<MailSettings>('/mail'),
  /** Without `password` the one that is known stays. */
  saveMail: (body: MailBody) => request<MailSettings>('/mail', { method: 'PUT', body }),
  removeMail: () => request<unknown>('/mail', { method: 'DELETE' }),
  /** Sends a mail now; `ApiFailure` with what the mail server said. */
  testMail: (to: string) => request<unknown>('/mail/test', { method: 'POST', body: { to } }),
};

const given = (signal: AbortSignal | undefined): { signal?: AbortSignal } => (signal ? { signal } : {});
