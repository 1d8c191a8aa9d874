import type { AlertFrame, ConsoleChange, Conversation, Message } from '@foyer/protocol';
import { beforeEach, describe, expect, it } from 'vitest';
import { browserLabel } from './browser-label.ts';
import { type Notice, type NoticeKind, NoticeSource } from './notice.ts';
import { conversationAt, Notifier, type PageSays } from './notifier.ts';
import { NOTIFY_PREFS, type NotifyPrefs, readPrefs } from './prefs.ts';

const conversation = (over: Partial<Conversation> = {}): Conversation => ({
  id: 'c1',
  site: 's',
  source: 'widget',
  visitor: 'v',
  status: 'unassigned',
  owner: { kind: 'nobody', id: '', epoch: 1 },
  team: '',
  contact: { name: 'Eva', email: '', verified: false },
  tags: [],
  goals: [],
  startedAt: 100,
  lastMessageAt: 100,
  awaitingSince: 100,
  waitingSince: 100,
  resolvedAt: 0,
  seq: 1,
  rev: 1,
  shownRev: 1,
  marks: { visitor: { delivered: 0, read: 0 }, team: { delivered: 0, read: 0 } },
  rating: null,
  invitation: null,
  blockedUntil: 0,
  ...over,
});
const VISITOR = { kind: 'visitor', id: '' } as const;
const by = (id: string) => ({ kind: 'agent', id }) as const;
const message = (seq: number, from: Message['from'], body: Message['body'], over: Partial<Message> = {}): Message => ({
  seq,
  rev: seq,
  at: 100,
  from,
  cid: '',
  body,
  editedAt: 0,
  gone: '',
  answeredBy: 0,
  ...over,
});
const says = (seq: number, text: string, over: Partial<Message> = {}) => message(seq, VISITOR, { kind: 'text', text }, over);
const mine = (over: Partial<Conversation> = {}) =>
  conversation({ status: 'assigned', owner: { kind: 'agent', id: 'anna', epoch: 2 }, ...over });
const change = (of: Conversation, messages: Message[]): ConsoleChange => ({
  t: 'chat.change',
  now: 100,
  chatSeq: 1,
  conversation: of,
  messages,
});

describe('what is worth telling', () => {
  let source: NoticeSource;
  beforeEach(() => {
    source = new NoticeSource('anna');
  });
  const of = (state: Conversation, ...messages: Message[]) => {
    const notice = source.ofChange(change(state, messages));
    return notice && `${notice.kind}: ${notice.body}`;
  };

  it('[NT1] a new chat is told once; what its visitor writes on, until somebody has it, is not', () => {
    expect(of(conversation(), says(1, 'Hello'))).toBe('chat: Hello');
    expect(of(conversation({ seq: 2 }), says(2, 'Anybody?', { at: 200 }))).toBeNull();
    expect(of(mine({ seq: 3 }), message(3, by('anna'), { kind: 'event', event: 'accepted', whom: 'anna' }))).toBeNull();
    expect(of(mine({ seq: 4 }), says(4, 'At last'))).toBe('message: At last');
    expect(of(conversation({ seq: 5 }), message(5, { kind: 'system', id: '' }, { kind: 'event', event: 'requeued', whom: '' }))).toBe(
      'chat: ',
    );
  });

  it('[NT1] a wait that began before this page was opened is not news', () => {
    expect(of(conversation({ seq: 7, awaitingSince: 50 }), says(7, 'Still there?'))).toBeNull();
  });

  it('[NT1] nothing is told twice: marks, edits, deletions, answers and what came before', () => {
    expect(of(mine(), says(1, 'Hi'))).toBe('message: Hi');
    expect(of(mine())).toBeNull();
    expect(of(mine(), says(1, 'Hi'))).toBeNull();
    expect(of(mine({ seq: 2 }), says(2, 'Hj', { editedAt: 5 }))).toBeNull();
    expect(of(mine({ seq: 3 }), says(3, '', { gone: 'deleted' }))).toBeNull();
  });

  it('[NT1] a colleague’s chats are not told; one that is given by somebody else, and a mention, are', () => {
    const bens = conversation({ status: 'assigned', owner: { kind: 'agent', id: 'ben', epoch: 2 } });
    expect(of(bens, says(1, 'Hi Ben'))).toBeNull();
    expect(of(mine({ seq: 2 }), message(2, by('ben'), { kind: 'event', event: 'assigned', whom: 'anna' }))).toBe('given: ');
    const note = (from: string) => message(3, by(from), { kind: 'note', text: '@Anna?', mentions: ['anna'] });
    expect(of({ ...bens, id: 'c2', seq: 3 }, note('ben'))).toBe('mention: @Anna?');
    expect(of({ ...bens, id: 'c3', seq: 3 }, note('anna'))).toBeNull();
    expect(of(conversation({ id: 'c4', source: 'playground' }), says(1, 'Trying'))).toBeNull();
  });

  it('[NT2] an alert leads to the visitor, one about a new chat to the conversation', () => {
    const frame: AlertFrame = {
      t: 'chat.alert',
      now: 1,
      alert: 'a',
      name: 'Checkout',
      visit: 'x',
      visitor: 'v 1',
      n: 12,
      visitorName: '',
      title: 'Pay',
      country: 'DE',
      city: 'Berlin',
      sound: true,
      notify: false,
    };
    expect(source.ofAlert(frame)).toMatchObject({
      title: 'Checkout',
      body: '#12 · Berlin, DE · Pay',
      to: '/visitors?visitor=v%201',
      tag: 'visit:v 1',
      sound: true,
      notify: false,
    });
    expect(source.ofAlert({ ...frame, conversation: 'c/1' })).toMatchObject({ to: '/inbox/c%2F1', tag: 'chat:c/1' });
  });
});

/** Pages of one agent in one browser: each hears what the others say. */
class Pages {
  readonly all: Page[] = [];
  prefs: NotifyPrefs = NOTIFY_PREFS;
  open(over: Partial<Page['state']> = {}): Page {
    const page = new Page(this, `p${this.all.length}`, over);
    this.all.push(page);
    page.notifier.moved();
    return page;
  }
  notice(over: Partial<Notice> = {}): void {
    for (const { notifier } of this.all)
      notifier.notice({
        kind: 'message',
        tag: 'chat:c1',
        title: 'Eva',
        body: 'Hi',
        to: '/inbox/c1',
        conversation: 'c1',
        sound: true,
        notify: true,
        ...over,
      });
  }
  /** What the agent heard and saw, and where. */
  told(): string[] {
    return this.all.flatMap(({ told }) => told.splice(0));
  }
}
class Page {
  readonly state = { focused: false, path: '/visitors', audible: false };
  readonly told: string[] = [];
  readonly notifier: Notifier;
  constructor(pages: Pages, name: string, over: Partial<Page['state']>) {
    Object.assign(this.state, over);
    this.notifier = new Notifier({
      page: name,
      say: (said: PageSays) => {
        for (const other of pages.all) if (other !== this) other.notifier.hear(said);
      },
      prefs: () => pages.prefs,
      isAudible: () => this.state.audible,
      play: (kind: NoticeKind) => this.told.push(`${name} plays ${kind}`),
      show: (notice) => this.told.push(`${name} shows ${notice.tag}`),
      hide: (tag) => this.told.push(`${name} hides ${tag}`),
      at: () => this.state,
    });
  }
  move(over: Partial<Page['state']>): void {
    Object.assign(this.state, over);
    this.notifier.moved();
  }
}

describe('once for each agent', () => {
  let pages: Pages;
  beforeEach(() => {
    pages = new Pages();
  });

  it('[NT3] of many pages the one that leads tells; when it is gone, its successor', () => {
    const [first, second] = [pages.open({ audible: true }), pages.open({ audible: true }), pages.open({ audible: true })];
    first!.notifier.lead();
    pages.notice();
    expect(pages.told()).toEqual(['p0 plays message', 'p0 shows chat:c1']);
    first!.notifier.leave();
    pages.all.shift();
    second!.notifier.lead();
    pages.notice();
    expect(pages.told()).toEqual(['p1 plays message', 'p1 shows chat:c1']);
  });

  it('[NT3] where the leader may not sound, one page that may does', () => {
    pages.open().notifier.lead();
    pages.open({ audible: true });
    pages.open({ audible: true });
    pages.notice();
    expect(pages.told()).toEqual(['p0 shows chat:c1', 'p1 plays message']);
  });

  it('[NT4] with a page in front there is a sound and no notification; about what is on it, nothing', () => {
    pages.open({ audible: true }).notifier.lead();
    const front = pages.open({ focused: true, path: '/monitor' });
    pages.notice();
    expect(pages.told()).toEqual(['p0 plays message']);
    front.move({ path: '/inbox/c1' });
    pages.told();
    pages.notice();
    expect(pages.told()).toEqual([]);
    pages.notice({ conversation: 'c2', tag: 'chat:c2' });
    expect(pages.told()).toEqual(['p0 plays message']);
    front.move({ focused: false });
    pages.notice();
    expect(pages.told()).toEqual(['p0 plays message', 'p0 shows chat:c1']);
  });

  it('[NT4] a page that begins to lead asks where the others are', () => {
    const late = new Pages();
    late.open({ focused: true, path: '/inbox/c1' });
    const leader = late.open({ audible: true });
    leader.notifier.lead();
    late.told();
    late.notice();
    expect(late.told()).toEqual([]);
  });

  it('[NT4] a notification goes when its conversation is opened on any page', () => {
    pages.open().notifier.lead();
    const other = pages.open();
    pages.notice();
    pages.told();
    other.move({ focused: true, path: '/inbox/c1' });
    expect(pages.told()).toEqual(['p0 hides chat:c1', 'p1 hides chat:c1']);
  });

  it('[NT5] what the agent does not want is not told: a kind, sounds, notifications', () => {
    pages.open({ audible: true }).notifier.lead();
    pages.prefs = { ...NOTIFY_PREFS, kinds: { ...NOTIFY_PREFS.kinds, message: false } };
    pages.notice();
    pages.prefs = { ...NOTIFY_PREFS, sound: false };
    pages.notice();
    pages.prefs = { ...NOTIFY_PREFS, notify: false };
    pages.notice();
    pages.prefs = NOTIFY_PREFS;
    pages.notice({ sound: false, notify: false });
    expect(pages.told()).toEqual(['p0 shows chat:c1', 'p0 plays message']);
  });
});

it('[NT5] settings of an earlier version, or of nobody, are read as far as they make sense', () => {
  expect(readPrefs(null)).toEqual(NOTIFY_PREFS);
  expect(readPrefs('{"sound":false,"volume":9,"kinds":{"chat":false,"new":true},"x":1}')).toEqual({
    ...NOTIFY_PREFS,
    sound: false,
    kinds: { ...NOTIFY_PREFS.kinds, chat: false },
  });
  for (const text of ['null', '[]', '{', '7', '{"kinds":null}']) expect(readPrefs(text)).toEqual(NOTIFY_PREFS);
});

it.each([
  ['/inbox/c1', 'c1'],
  ['/inbox/a%2Fb', 'a/b'],
  ['/inbox/', ''],
  ['/inbox', ''],
  ['/inbox/%E0%A4%A', ''],
  ['/visitors', ''],
])('[NT4] the conversation at %s', (path, id) => expect(conversationAt(path)).toBe(id));

it.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0',
    'Edge · Windows',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile Safari/604.1',
    'Safari · iPhone',
  ],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox · Linux'],
  ['curl/8', ''],
])('[NT6] a browser is known by its name and system: %s', (agent, label) => expect(browserLabel(agent)).toBe(label));
