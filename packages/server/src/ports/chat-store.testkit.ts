import type { ChatCommand, Origin } from '@foyer/domain/chat';
import type { Message } from '@foyer/protocol';
import { expect } from 'vitest';
import type { ChatChange, ChatProfile, ChatOutcome, ChatStore, Circumstances, FileRecord, Invite, Write } from './chat-store.ts';

export const NOW = Date.UTC(2026, 2, 10, 12);
export const MINUTE = 60_000;
export const HOUR = 3_600_000;

let made = 0;
export const nextId = (kind: string): string => `${kind}-${++made}`;
export const agent = (id = 'anna') => ({ kind: 'agent', id }) as const;
export const visitor = { kind: 'visitor' } as const;
export const text = (said = 'hello') => ({ kind: 'text', text: said }) as const;

const circumstances = (now: number): Circumstances => ({
  now,
  reopenForMs: 24 * HOUR,
  requeueAfterMs: 2 * MINUTE,
  undoForMs: 10_000,
  capacity: 3,
  awaySince: 0,
});
const anOrigin = (given: Partial<Origin> = {}): Origin => ({
  id: nextId('conversation'),
  workspace: 'w',
  site: 's',
  source: 'widget',
  visitor: 'v',
  cookieless: false,
  team: '',
  contact: { name: '', email: '', verified: false },
  ai: '',
  ...given,
});
export const aFile = (given: Partial<FileRecord> = {}): FileRecord => ({
  id: nextId('file'),
  workspace: 'w',
  sender: 'visitor:v',
  conversation: '',
  seq: 0,
  name: 'Résumé.pdf',
  type: 'application/pdf',
  bytes: 10,
  width: 0,
  height: 0,
  sha256: 'x',
  createdAt: NOW,
  ...given,
});

export const aProfile = (given: Partial<ChatProfile> = {}): ChatProfile => ({
  data: {},
  country: 'DE',
  region: 'Berlin',
  city: 'Berlin',
  approximate: false,
  timeZone: 'Europe/Berlin',
  lang: 'de',
  browser: 'Firefox',
  browserVersion: '140',
  os: 'Linux',
  osVersion: '',
  device: 'desktop',
  screen: '1920 × 1080',
  ip: '203.0.113.0',
  organisation: '',
  referrer: '',
  campaign: '',
  firstSeenAt: NOW,
  lastSeenAt: NOW,
  pages: [{ at: NOW, url: 'https://shop.test/', title: 'Shop' }],
  ...given,
});

/** What came of it; the test fails when it was refused. */
export async function done(outcome: Promise<ChatOutcome>): Promise<{ conversation: string; seq: number; changes: readonly ChatChange[] }> {
  const answer = await outcome;
  expect(answer).toMatchObject({ ok: true });
  if (!answer.ok) throw new Error(answer.refusal.code);
  return { conversation: answer.receipt.conversation, seq: answer.receipt.seq, changes: answer.changes };
}
export async function refused(outcome: Promise<ChatOutcome>): Promise<string> {
  const answer = await outcome;
  return answer.ok ? 'done' : `${answer.refusal.code} ${answer.refusal.who}`.trim();
}

/** A store with a workspace of its own, so that one store serves many cases. */
export class Desk {
  readonly store: ChatStore;
  readonly workspace: string;
  now = NOW;
  constructor(store: ChatStore, workspace = nextId('workspace')) {
    this.store = store;
    this.workspace = workspace;
  }
  write(said = 'hello', given: Partial<Omit<Write, 'origin'>> & { visitor?: string; origin?: Partial<Origin> } = {}): Promise<ChatOutcome> {
    const { visitor: who = 'v', origin, ...rest } = given;
    return this.store.request({
      ...circumstances(this.now),
      do: 'write',
      cid: nextId('cid'),
      words: text(said),
      ...rest,
      origin: anOrigin({ workspace: this.workspace, visitor: who, ...origin }),
    });
  }
  act(
    conversation: string,
    command: Exclude<ChatCommand, { c: 'start' | 'invite' }>,
    given: Partial<Circumstances & { visitor: string }> = {},
  ) {
    return this.store.request({ ...circumstances(this.now), do: 'act', workspace: this.workspace, conversation, command, ...given });
  }
  invite(by: string, given: Partial<Invite> & { visitor?: string } = {}): Promise<ChatOutcome> {
    const { visitor: who = 'v', ...rest } = given;
    const origin = anOrigin({ workspace: this.workspace, visitor: who });
    return this.store.request({
      ...circumstances(this.now),
      do: 'invite',
      origin,
      agent: by,
      cid: nextId('cid'),
      words: text('May I help?'),
      anyway: false,
      ...rest,
    });
  }
  /** A new conversation of a visitor of its own, or of the named one. */
  async open(given: { visitor?: string; origin?: Partial<Origin>; said?: string } = {}): Promise<string> {
    const { visitor: who = nextId('v'), said = 'hello', ...rest } = given;
    return (await done(this.write(said, { visitor: who, ...rest }))).conversation;
  }
  async say(conversation: string, said: string, by: ReturnType<typeof agent> | typeof visitor = agent()): Promise<number> {
    return (await done(this.act(conversation, { c: 'say', by, cid: nextId('cid'), words: text(said) }))).seq;
  }
  async state(conversation: string) {
    return (await this.store.conversation({ workspace: this.workspace, id: conversation }))!.state;
  }
  messages(conversation: string): Promise<Message[]> {
    return this.store.messagesBefore({ workspace: this.workspace, conversation, seq: Number.MAX_SAFE_INTEGER, limit: 1_000 });
  }
  async head(): Promise<number> {
    return (await this.store.heads()).get(this.workspace) ?? 0;
  }
  async inboxIds(q: Partial<Parameters<ChatStore['inbox']>[0]> = {}): Promise<string[]> {
    const page = await this.store.inbox({ workspace: this.workspace, agent: 'anna', filter: {}, sort: 'newest', limit: 50, ...q });
    return page.entries.map(({ state }) => state.id);
  }
}
