import type { ColleaguesFrame, ConsoleDown, Stream, Window } from '../../packages/protocol/src/index.ts';
import { Colleagues } from '../../packages/dashboard/src/live/colleagues.ts';
import { ViewStore } from '../../packages/dashboard/src/live/view-store.ts';
import type { Desk } from '../../packages/server/src/live/colleagues.ts';
import type { Feed } from '../../packages/server/src/live/feeds.ts';
import { Outbox } from '../../packages/server/src/live/outbox.ts';
import { type SimNode, WORKSPACE } from './sim-node.ts';

const STREAMS: readonly Stream[] = ['totals', 'cities', 'rows'];

/** An open dashboard, with the dashboard's own store behind the server's own outbox; its socket may read slowly. */
export class SimConsole implements Desk {
  readonly workspace = WORKSPACE;
  readonly user: { readonly id: string; readonly name: string };
  /** Who is here, as the dashboard's own store has it. */
  team = new Colleagues();
  /** The visitor that this console has open; ''. */
  looking = '';
  readonly filter: string;
  readonly window: Window;
  store = new ViewStore(STREAMS);
  node: SimNode | null = null;
  #feed: Feed | null = null;
  #outbox: Outbox | null = null;
  isSlow = false;

  constructor(user: string, filter: string, window: Window) {
    this.user = { id: user, name: user };
    this.filter = filter;
    this.window = window;
  }

  connect(node: SimNode): void {
    this.drop();
    this.node = node;
    this.store = new ViewStore(STREAMS);
    this.team = new Colleagues();
    this.looking = '';
    const outbox = new Outbox(
      {
        send: (text) => {
          const frame = JSON.parse(text) as ConsoleDown;
          if (this.#outbox !== outbox) return 'sent';
          if (frame.t === 'colleagues') this.team.apply(frame);
          if (frame.t === 'view' && this.store.apply(frame) === 'gap') throw new Error('a console was given a patch with a gap');
          return this.isSlow ? 'queued' : 'sent';
        },
        close: () => {},
      },
      () => node.live.now(),
    );
    this.#outbox = outbox;
    node.colleagues.enter(this);
    const feed = node.feeds.open({ patch: (view, patch, body) => void outbox.push(view, patch, body), detail() {} }, 'v', {
      workspace: WORKSPACE,
      scope: {},
      filter: this.filter,
      streams: STREAMS,
      window: this.window,
      hidden: [],
    });
    if ('code' in feed) throw new Error(feed.message);
    this.#feed = feed;
  }

  colleagues(set: ColleaguesFrame['set'], body: string, full: boolean): void {
    this.#outbox?.colleagues(set, body, full);
  }

  look(visitor: string): void {
    this.looking = visitor;
    this.node?.colleagues.look(this, 'panel', visitor === '' ? null : visitor);
  }

  slow(isSlow: boolean): void {
    this.isSlow = isSlow;
    if (!isSlow) this.#outbox?.drained();
  }

  drop(): void {
    if (this.node && !this.node.isDead) {
      this.#feed?.close();
      this.node.colleagues.leave(this);
    }
    this.#feed = null;
    this.#outbox = null;
    this.node = null;
  }
}
