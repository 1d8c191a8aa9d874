import { createHash } from 'node:crypto';
import { newId } from '@foyer/domain';
import { MOST_PUSH_DEVICES, type PushBody, type PushDevice, type PushMessage } from '@foyer/protocol';
import type { Clock } from '../ports/clock.ts';
import type { NoticeStore, PushRecord } from '../ports/notice-store.ts';
import { arePushKeys, encryptPush } from './encrypt.ts';
import { isPushEndpoint, type PostPush } from './post.ts';
import { type PushWords, pushWords } from './push-words.ts';
import { SendQueue } from './send-queue.ts';
import type { Vapid } from './vapid.ts';

/** Something that one agent should see although no page of Foyer is open. Title and body are plain text; what is too long is cut. */
export interface PushNote extends PushMessage {
  /** What it says in the agent's language when it has no words of its own. */
  readonly kind: keyof PushWords;
  /** How long the push service keeps it for a browser that is off. */
  readonly ttlS: number;
  readonly urgency: 'normal' | 'high';
}
export interface PushesDeps {
  readonly store: Pick<NoticeStore, 'pushDevices' | 'putPushDevice' | 'deletePushDevice' | 'dropPushEndpoint'>;
  readonly clock: Clock;
  readonly vapid: Vapid;
  readonly post: PostPush;
  /** In the same way as for sending: see postOverHttps. */
  readonly mayAsk?: (address: string) => boolean;
  /** A console of theirs is open, on any node: then the page itself tells them. */
  readonly here: (workspace: string, user: string) => boolean;
  readonly random: () => number;
  readonly onTrouble: (what: string, detail: object) => void;
}

/** A second note about the same thing waits this long for a third: a visitor who writes ten lines rings twice, not ten times. */
const GATHER_MS = 15_000;
/** Things about which something was told lately; beyond it the oldest may ring once more. */
const MOST_GATHERED = 10_000;
/** What is known of an agent's browsers is read again after this, because another node may have learnt more. */
const KNOWN_FOR_MS = 60_000;
const MOST_KNOWN = 5_000;
const AGAIN_MS = [5_000, 30_000] as const;
const TITLE_CHARS = 80;
const BODY_CHARS = 140;

/**
 * Pushes — the way to agents who have no page of Foyer open.
 *
 * Purpose     one call tells an agent, in every browser that the agent has allowed.
 * Invariants  nobody is told while a console of theirs is open; a browser that is gone (404, 410) is forgotten.
 * Bound       the queue of send-queue.ts; a thing that goes on rings at most every 15 s.
 * On error    a push that cannot be delivered is dropped after three attempts: it is a doorbell, what it is about is in the store.
 */
export class Pushes {
  readonly #deps: PushesDeps;
  readonly #queue: SendQueue;
  readonly #known = new Map<string, { devices: Promise<PushRecord[]>; until: number }>();
  readonly #gathered = new Map<string, { waiting: PushNote | null; cancel: () => void }>();

  constructor(deps: PushesDeps) {
    this.#deps = deps;
    this.#queue = new SendQueue(deps.clock);
  }

  get key(): string {
    return this.#deps.vapid.publicKey;
  }

  /** Takes a browser's subscription for this agent. 'bad_endpoint': no public https address, or keys that are none. */
  async subscribe(
    who: { workspace: string; user: string },
    { endpoint, keys, label, lang }: PushBody,
  ): Promise<PushDevice | 'bad_endpoint'> {
    const { store, clock, random, mayAsk } = this.#deps;
    if (!isPushEndpoint(endpoint, mayAsk) || !arePushKeys(keys)) return 'bad_endpoint';
    const now = clock.now();
    const kept = await store.putPushDevice({
      device: { id: newId(now, random), ...who, endpoint, ...keys, label, lang, createdAt: now },
      most: MOST_PUSH_DEVICES,
    });
    // Whoever had this browser before has it no more.
    this.#known.clear();
    return deviceOf(kept);
  }

  async devices(who: { workspace: string; user: string }): Promise<PushDevice[]> {
    return (await this.#deps.store.pushDevices(who)).map(deviceOf);
  }

  async remove(q: { workspace: string; user: string; id: string }): Promise<boolean> {
    const wasThere = await this.#deps.store.deletePushDevice(q);
    this.#known.delete(`${q.workspace}\n${q.user}`);
    return wasThere;
  }

  /** Tells an agent, unless a console of theirs is open now. Answers at once; what becomes of it is nobody's to wait for. */
  tell(workspace: string, user: string, note: PushNote): void {
    if (this.#deps.here(workspace, user)) return;
    const key = `${workspace}\n${user}\n${note.tag}`;
    const gathered = this.#gathered.get(key);
    if (gathered) {
      gathered.waiting = note;
      return;
    }
    this.#rest(key, workspace, user);
    this.#send(workspace, user, note);
  }

  /** All that is on its way has arrived or was given up. */
  idle(): Promise<void> {
    return this.#queue.idle();
  }

  stop(): void {
    for (const { cancel } of this.#gathered.values()) cancel();
    this.#gathered.clear();
    this.#queue.stop();
  }

  #rest(key: string, workspace: string, user: string): void {
    const cancel = this.#deps.clock.setTimeout(() => {
      const waiting = this.#gathered.get(key)?.waiting;
      this.#gathered.delete(key);
      if (!waiting || this.#deps.here(workspace, user)) return;
      this.#rest(key, workspace, user);
      this.#send(workspace, user, waiting);
    }, GATHER_MS);
    this.#gathered.set(key, { waiting: null, cancel });
    const [oldest] = this.#gathered;
    if (this.#gathered.size <= MOST_GATHERED || !oldest) return;
    oldest[1].cancel();
    this.#gathered.delete(oldest[0]);
  }

  #send(workspace: string, user: string, note: PushNote): void {
    const work = async (): Promise<void> => {
      for (const device of await this.#devicesOf(workspace, user)) this.#queue.add(() => this.#post(device, note, 0));
    };
    this.#queue.add(() =>
      work().catch((cause: unknown) => {
        this.#known.delete(`${workspace}\n${user}`);
        this.#deps.onTrouble('the store could not say where to push to', { cause });
      }),
    );
  }

  #devicesOf(workspace: string, user: string): Promise<PushRecord[]> {
    const key = `${workspace}\n${user}`;
    const now = this.#deps.clock.mono();
    const known = this.#known.get(key);
    if (known && known.until > now) return known.devices;
    const devices = this.#deps.store.pushDevices({ workspace, user });
    this.#known.delete(key);
    this.#known.set(key, { devices, until: now + KNOWN_FOR_MS });
    const [oldest] = this.#known.keys();
    if (this.#known.size > MOST_KNOWN && oldest !== undefined) this.#known.delete(oldest);
    return devices;
  }

  async #post(device: PushRecord, note: PushNote, tries: number): Promise<void> {
    const { clock, vapid, post, onTrouble } = this.#deps;
    const host = URL.parse(device.endpoint)?.host ?? '';
    const message: PushMessage = {
      title: cut(note.title, TITLE_CHARS),
      body: cut(note.body, BODY_CHARS) || pushWords(device.lang)[note.kind],
      conversation: note.conversation,
      tag: note.tag,
    };
    try {
      const { status, retryAfterMs } = await post({
        endpoint: device.endpoint,
        headers: {
          authorization: vapid.authorization(device.endpoint, clock.now()),
          'content-encoding': 'aes128gcm',
          'content-type': 'application/octet-stream',
          ttl: String(note.ttlS),
          urgency: note.urgency,
          topic: topicOf(note.tag),
        },
        body: encryptPush(JSON.stringify(message), device),
      });
      if (status === 404 || status === 410) return await this.#forget(device);
      if (status >= 200 && status < 300) return;
      if (status === 429 || status >= 500) return this.#again(device, note, tries, retryAfterMs, { host, status });
      onTrouble('a push service refuses', { host, status });
    } catch (cause) {
      this.#again(device, note, tries, 0, { host, cause });
    }
  }

  #again(device: PushRecord, note: PushNote, tries: number, retryAfterMs: number, detail: object): void {
    const waitMs = Math.max(AGAIN_MS[tries] ?? 0, retryAfterMs);
    if (tries >= AGAIN_MS.length || waitMs > note.ttlS * 1000) return this.#deps.onTrouble('a push could not be delivered', detail);
    this.#queue.later(waitMs, async () => {
      if (!this.#deps.here(device.workspace, device.user)) await this.#post(device, note, tries + 1);
    });
  }

  async #forget({ endpoint, workspace, user }: PushRecord): Promise<void> {
    this.#known.delete(`${workspace}\n${user}`);
    await this.#deps.store.dropPushEndpoint(endpoint).catch((cause: unknown) => {
      this.#deps.onTrouble('the store could not forget a browser', { cause });
    });
  }
}

const deviceOf = ({ id, label, createdAt, endpoint }: PushRecord): PushDevice => ({ id, label, createdAt, endpoint });

/** At most 32 characters of base64url; a waiting push with the same topic is replaced. */
const topicOf = (tag: string): string => createHash('sha256').update(tag).digest('base64url').slice(0, 32);

/** On one line; no character is cut in half. */
function cut(text: string, most: number): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return line.length <= most ? line : `${line.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
