import type { ChatState } from '@foyer/domain/chat';
import { newId } from '@foyer/domain';
import type { MailBody, MailSettings } from '@foyer/protocol';
import type { ChatChange, ChatStore } from '../ports/chat-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { MailJob, MailOptions, MailRecord, NoticeStore } from '../ports/notice-store.ts';
import { escape } from './mail-body.ts';
import { isReply } from './mail-lines.ts';
import type { LetterWriter } from './letter-writer.ts';
import type { SendMail, SendResult } from './smtp.ts';
import { Allowance } from './allowance.ts';

export interface MailerDeps {
  readonly store: Pick<
    NoticeStore,
    'mail' | 'putMail' | 'noteMail' | 'queueMail' | 'dueMail' | 'postponeMail' | 'dropMail' | 'mailsQueued' | 'mailThread' | 'putMailThread'
  >;
  readonly chat: Pick<ChatStore, 'conversation' | 'shown'>;
  readonly writer: Pick<LetterWriter, 'digest' | 'transcript'>;
  readonly send: SendMail;
  readonly clock: Clock;
  /** A tab of the conversation's visitor is connected, on any node. */
  readonly visitorHere: (workspace: string, visitor: string) => boolean;
  readonly random: () => number;
  readonly onOutage: (what: string, cause: unknown) => void;
}

/** Replies are mailed when their visitor has had no tab open for this long. */
export const AWAY_FOR_MS = 5 * 60_000;
/** A visitor who is here is looked for again after this: so much later than 5 min the mail may leave. */
const LOOK_AGAIN_MS = 30_000;
const TICK_MS = 10_000;
/** Of one tick: with a server that takes a second for each, a tick lasts as long as the next. */
const AT_ONCE = 20;
/** After the first, second, … failure: a day altogether, which a server's repair takes. */
const AGAIN_AFTER_MS = [60_000, 5 * 60_000, 15 * 60_000, 3_600_000, 3 * 3_600_000, 6 * 3_600_000, 12 * 3_600_000] as const;
/** Waiting in one workspace: what a day without a mail server leaves of a busy one. */
const MOST_QUEUED = 10_000;
/** A transcript goes to any address that is typed: by the hour so many of one conversation, and of one workspace. */
const TRANSCRIPTS = { conversation: 5, workspace: 200, perMs: 3_600_000 };
/** Unread conversations of the last day are looked at when the server starts: their mail may not have been queued any more. */
const LOOK_BACK_MS = 24 * 3_600_000;
const MOST_WATCHED = 50_000;
/** One mail: a server that answers a little now and then holds up nobody else's. It may have taken it, and gets it again under the same id. */
const SEND_WITHIN_MS = 90_000;
const END_WITHIN_MS = 3_000;

/**
 * Mailer — replies that were not read, transcripts, and the way they went.
 *
 * Purpose     what is to be mailed is a row in the store, so a kill loses none; what a mail says is read when it leaves.
 * Invariants  one digest a conversation at a time; a message is mailed once; nothing to who is here or has read it. A kill between the
 *             mail server's yes and our own note sends the same mail with the same Message-ID again.
 * Bound       10,000 rows a workspace; each is tried eight times within a day.
 * On error    told to admins as `lastError`; outages of the store are reported and tried again with the next tick.
 */
export class Mailer {
  readonly #deps: MailerDeps;
  readonly #records = new Map<string, MailRecord>();
  /** Since when visitors are known to be away, by conversation. In memory: after a restart everybody has 5 min to come back. */
  readonly #awaySince = new Map<string, number>();
  readonly #transcripts = new Allowance(TRANSCRIPTS.perMs);
  #stop = (): void => {};
  #running: Promise<void> | null = null;
  #isStopped = false;

  constructor(deps: MailerDeps) {
    this.#deps = deps;
  }

  /** Reads the options of these workspaces, and queues what a kill kept from being queued. Rejects when the store is away. */
  async start(workspaces: readonly string[]): Promise<void> {
    await Promise.all(workspaces.map((workspace) => this.#read(workspace)));
    const { chat, clock } = this.#deps;
    if (this.#records.size > 0)
      for (const { state } of await chat.shown({ resolvedAfter: clock.now() - LOOK_BACK_MS }))
        if (state.visitorMarks.read < state.seq) await this.#queueUnread(state);
    this.#stop = clock.setInterval(() => void this.#kick(), TICK_MS);
  }

  /** Ends after the mail that is on its way, or 3 s: its row is there, and it leaves again under the same id. */
  async stop(): Promise<void> {
    this.#stop();
    this.#isStopped = true;
    const over = new Promise<void>((resolve) => this.#deps.clock.setTimeout(resolve, END_WITHIN_MS));
    await Promise.race([this.#running, over]);
  }

  isOn(workspace: string): boolean {
    return this.#records.has(workspace);
  }

  async settings(workspace: string): Promise<MailSettings> {
    const queued = await this.#deps.store.mailsQueued(workspace);
    const record = await this.#read(workspace);
    if (!record) return { ...NOT_SET, queued };
    const { password, ...options } = record.options;
    const { lastError, lastErrorAt } = record;
    return { configured: true, ...options, hasPassword: password !== '', lastError, lastErrorAt, queued };
  }

  /** A password that is not said stays, but for the same server only: nobody learns it by naming another one. */
  async save(workspace: string, { password, ...said }: MailBody): Promise<MailSettings> {
    const before = (await this.#read(workspace))?.options;
    const isSameServer = before?.host === said.host && before.user === said.user;
    const options: MailOptions = { ...said, password: password ?? (isSameServer ? before.password : '') };
    await this.#deps.store.putMail({ workspace, options });
    return this.settings(workspace);
  }

  async turnOff(workspace: string): Promise<void> {
    await this.#deps.store.putMail({ workspace, options: null });
    this.#records.delete(workspace);
  }

  /** Sends now, and says how it went. */
  async test(workspace: string, to: string): Promise<{ ok: true } | { ok: false; code: 'mail_off' | 'mail_failed'; message: string }> {
    const record = await this.#read(workspace);
    if (!record) return { ok: false, code: 'mail_off', message: 'Mail is not set up.' };
    const { clock, random, send } = this.#deps;
    const now = clock.now();
    const text = 'Foyer can send mail with these settings.';
    const result = await send(record.options, {
      to,
      subject: 'Foyer: test mail',
      text: `${text}\n`,
      html: `<!doctype html><html lang="en"><body><p>${escape(text)}</p></body></html>\n`,
      messageId: `<test.${newId(now, random)}@${domainOf(record.options)}>`,
      references: [],
      at: now,
    });
    await this.#note(workspace, result.error);
    return result.error === '' ? { ok: true } : { ok: false, code: 'mail_failed', message: result.error };
  }

  /** The whole conversation to an address; it leaves at once. Asked twice while it waits, it is one mail. */
  async transcript(q: { workspace: string; conversation: string; to: string }): Promise<true | 'mail_off' | 'too_many' | 'not_found'> {
    const { store, chat, clock, random } = this.#deps;
    if (!this.isOn(q.workspace)) return 'mail_off';
    if (!(await chat.conversation({ workspace: q.workspace, id: q.conversation }))) return 'not_found';
    const now = clock.now();
    const mono = clock.mono();
    const may =
      this.#transcripts.take(`c ${q.conversation}`, TRANSCRIPTS.conversation, mono) &&
      this.#transcripts.take(`w ${q.workspace}`, TRANSCRIPTS.workspace, mono);
    if (!may || (await store.mailsQueued(q.workspace)) >= MOST_QUEUED) return 'too_many';
    await store.queueMail({ id: newId(now, random), kind: 'transcript', ...q, dueAt: now, tries: 0 });
    void this.#kick();
    return true;
  }

  /** A change of a conversation, on the node that stored it. Cost: none without a reply or without mail. */
  changed({ state, messages }: Pick<ChatChange, 'state' | 'messages'>, before: ChatState | null): void {
    if (!this.isOn(state.workspace)) return;
    const isReplied = messages.some((message) => message.seq > (before?.seq ?? 0) && isReply(message));
    const isReachable = state.contact.email !== (before?.contact.email ?? '') && state.visitorMarks.read < state.seq;
    if (!isReplied && !isReachable) return;
    (isReplied ? this.#queueDigest(state) : this.#queueUnread(state)).catch((cause: unknown) =>
      this.#deps.onOutage('keep a mail to be sent', cause),
    );
  }

  /** Mails that are due have left, or are put off. */
  async run(): Promise<void> {
    await this.#kick();
  }

  async #queueDigest(state: ChatState): Promise<void> {
    const { store, clock, random, visitorHere } = this.#deps;
    const { workspace, id, visitor, contact, phase, source } = state;
    // Without a browser it is another channel's to deliver; an invitation that nobody answered is not mailed after people.
    if (visitor === '' || contact.email === '' || phase.status === 'invited' || source === 'playground' || !this.isOn(workspace)) return;
    if (state.blockedUntil > clock.now()) return;
    if ((await store.mailsQueued(workspace)) >= MOST_QUEUED) return this.#note(workspace, `More than ${MOST_QUEUED} mails are waiting.`);
    const now = clock.now();
    const isHere = visitorHere(workspace, visitor);
    this.#saw(id, isHere, now);
    const dueAt = isHere ? now + LOOK_AGAIN_MS : this.#awaySince.get(id)! + AWAY_FOR_MS;
    await store.queueMail({ id: newId(now, random), workspace, kind: 'digest', conversation: id, to: contact.email, dueAt, tries: 0 });
  }

  /** One round at a time. Never rejects. */
  #kick(): Promise<void> {
    if (this.#isStopped) return Promise.resolve();
    this.#running ??= this.#round()
      .catch((cause: unknown) => {
        if (!this.#isStopped) this.#deps.onOutage('say which mails are due', cause);
      })
      .finally(() => {
        this.#running = null;
      });
    return this.#running;
  }

  async #round(): Promise<void> {
    const jobs = await this.#deps.store.dueMail({ now: this.#deps.clock.now(), limit: AT_ONCE });
    /** Workspaces whose server could not be used: the others of this round wait as well, and no try is counted for them. */
    const closed = new Set<string>();
    for (const job of jobs) {
      if (this.#isStopped) return;
      if (closed.has(job.workspace)) await this.#postpone(job, AGAIN_AFTER_MS[0], job.tries);
      else if ((await this.#take(job))?.isWay) closed.add(job.workspace);
    }
  }

  async #take(job: MailJob): Promise<SendResult | null> {
    const { chat } = this.#deps;
    const record = this.#records.get(job.workspace);
    const stored = record ? await chat.conversation({ workspace: job.workspace, id: job.conversation }) : null;
    if (!record || !stored) return this.#drop(job);
    return job.kind === 'digest' ? this.#digest(job, stored.state, record) : this.#transcript(job, stored.state, record);
  }

  async #digest(job: MailJob, state: ChatState, { options }: MailRecord): Promise<SendResult | null> {
    const { clock, store, visitorHere, writer } = this.#deps;
    const { workspace, conversation } = job;
    const now = clock.now();
    // VI6: what was typed before the site said who this is, is not theirs.
    const to = state.contact.email === '' && !state.contact.verified ? job.to : state.contact.email;
    if (to === '') return this.#done(job);
    const isHere = visitorHere(workspace, state.visitor);
    this.#saw(conversation, isHere, now);
    const thread = await store.mailThread({ workspace, conversation });
    if (state.visitorMarks.read >= state.seq || state.blockedUntil > now) return this.#done(job);
    if (isHere) return this.#postpone(job, LOOK_AGAIN_MS, job.tries);
    const awayForMs = now - this.#awaySince.get(conversation)!;
    if (awayForMs < AWAY_FOR_MS) return this.#postpone(job, AWAY_FOR_MS - awayForMs, job.tries);

    const mailedSeq = thread?.mailedSeq ?? 0;
    const letter = await writer.digest(state, mailedSeq);
    if (!letter) return this.#done(job);
    const domain = thread ? thread.messageId.slice(thread.messageId.indexOf('@') + 1, -1) : domainOf(options);
    // By what it says: the same mail, tried again after a kill, has the same id, and readers show it once.
    const idOf = (seq: number): string => `<${conversation}.${seq}@${domain}>`;
    const messageId = idOf(letter.upTo);
    const references = thread ? [...new Set([thread.messageId, idOf(mailedSeq)])] : [];
    const result = await this.#send(job, options, { ...letter.written, to, messageId, references, at: now });
    if (result.error === '' || result.isFinal)
      await store.putMailThread({ workspace, conversation, messageId: thread?.messageId ?? messageId, mailedSeq: letter.upTo });
    if (result.error === '') await this.#done(job);
    else await this.#settle(job, result);
    return result;
  }

  /** Nothing more is to be mailed as we knew it; words that were said meanwhile found this row there, and get one of their own. */
  async #done(job: MailJob): Promise<null> {
    const { workspace, conversation } = job;
    await this.#drop(job);
    const stored = await this.#deps.chat.conversation({ workspace, id: conversation });
    if (stored) await this.#queueUnread(stored.state);
    return null;
  }

  /** Queues what was not read, if there is anything that the visitor should have. */
  async #queueUnread(state: ChatState): Promise<void> {
    const { workspace, id, contact } = state;
    if (contact.email === '' || !this.isOn(workspace)) return;
    const thread = await this.#deps.store.mailThread({ workspace, conversation: id });
    if (await this.#deps.writer.digest(state, thread?.mailedSeq ?? 0)) await this.#queueDigest(state);
  }

  async #transcript(job: MailJob, state: ChatState, { options }: MailRecord): Promise<SendResult> {
    const now = this.#deps.clock.now();
    const written = await this.#deps.writer.transcript(state);
    const result = await this.#send(job, options, {
      ...written,
      to: job.to,
      messageId: `<transcript.${job.id}@${domainOf(options)}>`,
      references: [],
      at: now,
    });
    await this.#settle(job, result);
    return result;
  }

  async #send(job: MailJob, options: MailOptions, mail: Parameters<SendMail>[1]): Promise<SendResult> {
    const { clock, send } = this.#deps;
    let cancel = (): void => {};
    const late = new Promise<SendResult>((resolve) => (cancel = clock.setTimeout(() => resolve(TOO_LATE), SEND_WITHIN_MS)));
    const result = await Promise.race([send(options, mail), late]);
    cancel();
    await this.#note(job.workspace, result.error);
    return result;
  }

  async #settle(job: MailJob, { error, isFinal }: SendResult): Promise<void> {
    const again = AGAIN_AFTER_MS[job.tries];
    if (error === '' || isFinal || again === undefined) await this.#drop(job);
    else await this.#postpone(job, again, job.tries + 1);
  }

  async #drop(job: MailJob): Promise<null> {
    await this.#deps.store.dropMail(job.id);
    this.#awaySince.delete(job.conversation);
    return null;
  }

  async #postpone(job: MailJob, byMs: number, tries: number): Promise<null> {
    await this.#deps.store.postponeMail({ id: job.id, dueAt: this.#deps.clock.now() + byMs, tries });
    return null;
  }

  /** How the last mail went; written when it is not what stands there. */
  async #note(workspace: string, error: string): Promise<void> {
    const record = this.#records.get(workspace);
    if (!record || (error === '' && record.lastError === '')) return;
    const at = this.#deps.clock.now();
    this.#records.set(workspace, { ...record, lastError: error, lastErrorAt: at });
    await this.#deps.store.noteMail({ workspace, error, at });
  }

  async #read(workspace: string): Promise<MailRecord | null> {
    const record = await this.#deps.store.mail(workspace);
    if (record) this.#records.set(workspace, record);
    else this.#records.delete(workspace);
    return record;
  }

  #saw(conversation: string, isHere: boolean, now: number): void {
    if (isHere) {
      this.#awaySince.delete(conversation);
      return;
    }
    if (this.#awaySince.has(conversation)) return;
    this.#awaySince.set(conversation, now);
    const [oldest] = this.#awaySince.keys();
    if (this.#awaySince.size > MOST_WATCHED && oldest !== undefined) this.#awaySince.delete(oldest);
  }
}

const NOT_SET: Omit<MailSettings, 'queued'> = {
  configured: false,
  host: '',
  port: 587,
  security: 'starttls',
  user: '',
  hasPassword: false,
  fromName: '',
  fromEmail: '',
  lastError: '',
  lastErrorAt: 0,
};

const TOO_LATE: SendResult = { error: `the mail server took longer than ${SEND_WITHIN_MS / 1_000} s`, isFinal: false, isWay: true };

const domainOf = ({ fromEmail }: MailOptions): string => fromEmail.slice(fromEmail.lastIndexOf('@') + 1);
