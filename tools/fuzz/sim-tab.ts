import type { VisitorDown, VisitorUp } from '../../packages/protocol/src/index.ts';
import type { FakeClock } from '../../packages/server/src/adapters/fake-clock.ts';
import type { TabSession } from '../../packages/server/src/edge/visitor/tab-session.ts';
import { SITE, type SimNode } from './sim-node.ts';

/** What all tabs of one browser share. */
export interface SimBrowser {
  readonly no: number;
  secret: string | undefined;
  resume: string | undefined;
}

/** One tab as the tracker behaves: hello first, page views kept until stored, frames of its socket in order or lost with it. */
export class SimTab {
  readonly id: string;
  readonly browser: SimBrowser;
  readonly #clock: FakeClock;
  node: SimNode | null = null;
  #session: TabSession | null = null;
  #up: VisitorUp[] = [];
  #pages: { n: number; url: string; title: string; at: number }[] = [];
  #n = 0;
  #hidden = false;
  focused = true;
  focusedAt = 0;
  lastInputAt: number;
  isClosed = false;

  constructor(id: string, browser: SimBrowser, clock: FakeClock) {
    this.id = id;
    this.browser = browser;
    this.#clock = clock;
    this.lastInputAt = clock.mono();
    this.#view('/');
  }

  get url(): string {
    return this.#pages.at(-1)!.url;
  }

  get views(): number {
    return this.#n;
  }

  get isConnected(): boolean {
    return this.#session !== null;
  }

  connect(node: SimNode): void {
    this.drop();
    this.node = node;
    const token = {};
    const socket = {
      send: (text: string): 'sent' => {
        if (this.#token === token) this.#hear(JSON.parse(text) as VisitorDown);
        return 'sent';
      },
      close: () => {
        if (this.#token === token) this.#session = null;
      },
    };
    this.#token = token;
    this.#session = node.tabs.open(socket, {
      site: SITE,
      address: `203.0.113.${this.browser.no}`,
      addressHash: `h${this.browser.no}`,
      userAgent: 'UA',
      acceptLanguage: 'en',
      secGpc: undefined,
      dnt: undefined,
    });
    const mono = this.#clock.mono();
    this.#up = [];
    this.#say({
      t: 'hello',
      v: 1,
      tab: this.id,
      ...(this.browser.secret === undefined ? {} : { secret: this.browser.secret }),
      ...(this.browser.resume === undefined ? {} : { resume: this.browser.resume }),
      pages: this.#pages.map(({ n, url, title, at }) => ({ n, url, title, agoMs: mono - at })),
      lang: 'en',
      tz: 'UTC',
      screen: [1, 1, 1],
      hidden: this.#hidden,
      focused: this.focused,
      idleMs: mono - this.lastInputAt,
    });
    // The first answer is waited for, as a browser waits for its cookie before a second tab can have it.
    this.flush(1);
  }
  #token: object | null = null;

  navigate(path: string): void {
    this.#view(path);
    const { n, url, title } = this.#pages.at(-1)!;
    this.#say({ t: 'page', n, url, title });
  }

  act(): void {
    this.lastInputAt = this.#clock.mono();
    this.#say({ t: 'act' });
  }

  focus(focused: boolean): void {
    this.focused = focused;
    this.#hidden = !focused;
    if (focused) this.focusedAt = this.#clock.mono();
    this.#say({ t: 'state', hidden: this.#hidden, focused });
  }

  /** The socket takes what the tab said, the first `count` frames. */
  flush(count: number): void {
    for (const frame of this.#up.splice(0, count)) this.#session?.text(JSON.stringify(frame));
  }

  /** The socket breaks; what it had not taken is lost. */
  drop(): void {
    const session = this.#session;
    this.#session = null;
    this.#token = null;
    this.#up = [];
    if (session && this.node && !this.node.isDead) session.closed();
  }

  close(): void {
    this.flush(Number.POSITIVE_INFINITY);
    this.drop();
    this.isClosed = true;
  }

  #view(path: string): void {
    this.lastInputAt = this.#clock.mono();
    this.#pages.push({ n: ++this.#n, url: `https://shop.test${path}`, title: path, at: this.#clock.mono() });
    if (this.#pages.length > 20) this.#pages.shift();
  }

  #say(frame: VisitorUp): void {
    if (this.#session) this.#up.push(frame);
  }

  #hear(frame: VisitorDown): void {
    if (frame.t === 'you') {
      if (frame.secret !== undefined) this.browser.secret = frame.secret;
      this.browser.resume = frame.resume;
    } else if (frame.t === 'resume') this.browser.resume = frame.token;
    else if (frame.t === 'stored') {
      const last = this.#pages.at(-1)!;
      this.#pages = this.#pages.filter((page) => page.n > frame.n || page === last);
    }
  }
}
