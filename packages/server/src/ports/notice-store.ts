/**
 * NoticeStore — how people hear of a chat who are not looking at it: alerts, push, mail (core.db, synchronous=FULL).
 *
 * Invariants  an agent's alerts and devices go with the agent, a conversation's mails with the conversation.
 * On error    rejects with `Outage` when nothing was done and the same call may go well later; everything else is a bug.
 */
import type { Alert, AlertPatch, MailBody, PushDevice } from '@foyer/protocol';

export interface AlertRecord extends Alert {
  readonly workspace: string;
  /** User id. */
  readonly user: string;
}
export interface PushRecord extends PushDevice {
  readonly workspace: string;
  readonly user: string;
  readonly p256dh: string;
  readonly auth: string;
  /** In which language it is told. */
  readonly lang: string;
}
export interface MailRecord {
  readonly options: MailOptions;
  /** What went wrong with the last mail; '' when it went well. */
  readonly lastError: string;
  readonly lastErrorAt: number;
}
/** `password` '': none. */
export type MailOptions = Omit<MailBody, 'password'> & { readonly password: string };

/** A mail that is to be written: what it says is read when it is due. */
export interface MailJob {
  readonly id: string;
  readonly workspace: string;
  /** 'digest': answers that were not read; 'transcript': all of it. */
  readonly kind: 'digest' | 'transcript';
  readonly conversation: string;
  readonly to: string;
  /** Epoch ms. */
  readonly dueAt: number;
  /** How often it went wrong. */
  readonly tries: number;
}
export interface MailThread {
  /** Message-ID of the first mail: what later ones refer to. */
  readonly messageId: string;
  /** Up to here the visitor has it by mail. */
  readonly mailedSeq: number;
}

export interface NoticeStore {
  /** An agent's own, oldest first. */
  alerts(q: { workspace: string; user: string }): Promise<AlertRecord[]>;
  /** Of everybody, for memory. */
  allAlerts(): Promise<AlertRecord[]>;
  /** `most`: of this agent. */
  addAlert(q: { alert: AlertRecord; most: number }): Promise<true | 'too_many'>;
  /** What is not said stays. null: this agent has no such alert. */
  changeAlert(q: { workspace: string; user: string; id: string; patch: AlertPatch }): Promise<AlertRecord | null>;
  deleteAlert(q: { workspace: string; user: string; id: string }): Promise<boolean>;

  /** An agent's own, oldest first. */
  pushDevices(q: { workspace: string; user: string }): Promise<PushRecord[]>;
  /** Takes the endpoint over from whoever had it, keeping its id; beyond `most` the agent's oldest device goes. Answers it as it is kept. */
  putPushDevice(q: { device: PushRecord; most: number }): Promise<PushRecord>;
  deletePushDevice(q: { workspace: string; user: string; id: string }): Promise<boolean>;
  /** The browser's push service says it is gone. */
  dropPushEndpoint(endpoint: string): Promise<void>;

  mail(workspace: string): Promise<MailRecord | null>;
  /** null takes the options back; jobs stay. What was said of the last mail is forgotten. */
  putMail(q: { workspace: string; options: MailOptions | null }): Promise<void>;
  /** How the last mail went; nothing without options. */
  noteMail(q: { workspace: string; error: string; at: number }): Promise<void>;
  /** Of this kind, conversation and recipient there is one at most: false when it is there, and keeps its time. */
  queueMail(job: MailJob): Promise<boolean>;
  /** Due at `now`, longest due first. */
  dueMail(q: { now: number; limit: number }): Promise<MailJob[]>;
  /** When the next one is due; null: there is none. */
  nextMailAt(): Promise<number | null>;
  /** Again at `dueAt`. */
  postponeMail(q: { id: string; dueAt: number; tries: number }): Promise<void>;
  dropMail(id: string): Promise<void>;
  /** The visitor has read it after all. Answers how many went. */
  cancelMail(q: { workspace: string; conversation: string; kind: MailJob['kind'] }): Promise<number>;
  mailsQueued(workspace: string): Promise<number>;
  mailThread(q: { workspace: string; conversation: string }): Promise<MailThread | null>;
  /** The first `messageId` stays, `mailedSeq` never falls. Nothing when that workspace has no such conversation. */
  putMailThread(q: { workspace: string; conversation: string } & MailThread): Promise<void>;
}
