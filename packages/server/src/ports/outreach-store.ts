/**
 * OutreachStore — how people are reached who have no page of Foyer open: mail, web push, alerts (core.db, synchronous=FULL).
 * Verbs resolve after commit. On error: rejects with `Outage` when nothing was done and the same call may go well later.
 */
import type { Alert, MailBody, Role } from '@foyer/protocol';

/** A workspace's SMTP server, and how the last mail went. */
export interface MailOptions extends Omit<MailBody, 'password'> {
  readonly password: string;
  /** '' when the last mail went well. */
  readonly lastError: string;
  readonly lastErrorAt: number;
}
/**
 * What is to be mailed about a conversation. `replies`: one row a conversation, which stays when everything is mailed, so that the next
 * mail goes on in the same thread. `transcript`: gone once it is sent.
 */
export interface MailRecord {
  /** `replies`: the conversation's id; `transcript`: its own. */
  readonly id: string;
  readonly workspace: string;
  readonly conversation: string;
  readonly kind: 'replies' | 'transcript';
  /** Of a transcript; '' = the address that the conversation's contact has when it is sent. */
  readonly to: string;
  /** When to look at it next; 0: nothing is to be done. */
  readonly dueAt: number;
  readonly createdAt: number;
  /** Since when the visitor is known to have no tab open; 0: has one, or nobody looked yet. */
  readonly awaySince: number;
  /** Failed attempts of the mail that is due. */
  readonly tries: number;
  /** The mail that is due has the messages up to here, whatever came since: a second attempt is the same mail. 0: not begun. */
  readonly upTo: number;
  /** The last `seq` that was mailed. */
  readonly mailedSeq: number;
  /** Mails of this thread so far, and the domain of their Message-IDs; 0 and '' before the first. */
  readonly sent: number;
  readonly domain: string;
}
/** A browser that takes pushes for one agent, as long as the session it was signed in with goes on. */
export interface PushRecord {
  readonly endpoint: string;
  readonly workspace: string;
  readonly user: string;
  readonly session: string;
  readonly p256dh: string;
  readonly auth: string;
  readonly label: string;
  readonly lang: string;
  readonly createdAt: number;
}
export interface AlertRecord extends Alert {
  readonly workspace: string;
  readonly user: string;
}

export interface OutreachStore {
  /** null: none set. */
  mailOptions(workspace: string): Promise<MailOptions | null>;
  /** Keeps `lastError` as it is said; null: mail is off. */
  putMailOptions(q: { workspace: string; options: MailOptions | null }): Promise<void>;
  /** Of the last mail; '' = it went well. Nothing when mail is off. */
  noteMail(q: { workspace: string; error: string; at: number }): Promise<void>;
  /** Rows with a `dueAt` that is not 0. */
  mailsQueued(workspace: string): Promise<number>;
  mail(id: string): Promise<MailRecord | null>;
  /** By id. 'too_many': another row would be due, and `most` are in this workspace. */
  putMail(q: { mail: MailRecord; most: number }): Promise<true | 'too_many'>;
  /** Due rows, longest due first. They are looked at again at `holdUntil` unless they are put before: nobody else gets them until then. */
  claimMails(q: { now: number; holdUntil: number; limit: number }): Promise<MailRecord[]>;
  deleteMail(id: string): Promise<void>;

  /** By endpoint, whoever had it; of one user's more than `most` the oldest go. */
  putPush(q: { push: PushRecord; most: number }): Promise<void>;
  /** Of sessions that have not ended at `now`. `users`: of these only. */
  pushes(q: { workspace: string; users?: readonly string[]; now: number }): Promise<PushRecord[]>;
  /** `user`: only when it is theirs. */
  deletePush(q: { endpoint: string; user?: string }): Promise<boolean>;

  /** One agent's own, oldest first. */
  alerts(q: { workspace: string; user: string }): Promise<AlertRecord[]>;
  /** Of everybody in the workspace that are enabled, with the role of whose they are. */
  enabledAlerts(workspace: string): Promise<(AlertRecord & { readonly role: Role })[]>;
  /** By id, in its own workspace and of its own user only. */
  putAlert(q: { alert: AlertRecord; most: number }): Promise<true | 'too_many'>;
  deleteAlert(q: { workspace: string; user: string; id: string }): Promise<boolean>;
}
