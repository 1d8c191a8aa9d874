import type { Stream, ViewFrame, Window } from '../../packages/protocol/src/index.ts';
import { ViewStore } from '../../packages/dashboard/src/live/view-store.ts';
import type { Feed } from '../../packages/server/src/live/feeds.ts';
import { Outbox } from '../../packages/server/src/live/outbox.ts';
import { type SimNode, WORKSPACE } from './sim-node.ts';

const STREAMS: readonly Stream[] = ['totals', 'cities', 'rows'];

/** An open dashboard, with the dashboard's own store behind the server's own outbox; its socket may read slowly. */
export class SimConsole {
  readonly filter: string;
  readonly window: Window;
  store = new ViewStore(STREAMS);
  node: SimNode | null = null;
  #feed: Feed | null = null;
  #outbox: Outbox | null = null;
  isSlow = false;

  constructor(filter: string, window: Window) {
    this.filter = filter;
    this.window = window;
  }

  connect(node: SimNode): void {
    this.drop();
    this.node = node;
    this.store = new ViewStore(STREAMS);
    const outbox = new Outbox(
      {
        send: (text) => {
          const frame = JSON.parse(text) as ViewFrame;
          if (frame.t === 'view' && this.#outbox === outbox && this.store.apply(frame) === 'gap')
            throw new Error('a console was given a patch with a gap');
          return this.isSlow ? 'queued' : 'sent';
        },
        close: () => {},
      },
      () => node.live.now(),
    );
    this.#outbox = outbox;
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

  slow(isSlow: boolean): void {
    this.isSlow = isSlow;
    if (!isSlow) this.#outbox?.drained();
  }

  drop(): void {
    if (this.node && !this.node.isDead) this.#feed?.close();
    this.#feed = null;
    this.#outbox = null;
    this.node = null;
  }
}
