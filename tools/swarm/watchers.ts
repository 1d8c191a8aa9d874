import type { ConsoleDown, ConsoleUp, Sort } from '@foyer/protocol';
import { type LeanSocket, openLeanSocket } from './lean-socket.ts';
import { markersIn, nowMicros, percentile } from './marker.ts';

export interface WatchOrder {
  readonly host: string;
  readonly port: number;
  /** The session cookie, as `name=value`. */
  readonly cookie: string;
  readonly count: number;
  /** Rows below the top that each list shows. Lag is measured on lists of newest arrivals only. */
  readonly rows: number;
  /** true: all show the newest arrivals. Else three in ten are sorted by activity or filtered, as a team's screens are. */
  readonly alike?: boolean;
}
export interface WatchStats {
  readonly consoles: number;
  /** Consoles whose lag is measured. */
  readonly measured: number;
  readonly samples: number;
  /** Markers seen by every measured console together; sent × measured are expected. */
  readonly lagP50Ms: number;
  readonly lagP99Ms: number;
  readonly lagMaxMs: number;
  readonly frames: number;
  readonly bytes: number;
  readonly seconds: number;
  readonly refused: readonly string[];
  readonly closes: Readonly<Record<string, number>>;
  /** What the newest frames say; -1 before the first. */
  readonly live: number;
  readonly listed: number;
}

const FILTERS = ['country:de', 'status:active', 'page:/demo/products', 'browser:safari', 'tent', 'country:us -product'];

interface Watcher {
  readonly socket: LeanSocket;
  readonly seen: Set<string>;
  readonly isMeasured: boolean;
}

/** Consoles of agents, as far as the wire goes: they open views, take every frame, and measure how late what they show is. */
export class Watchers {
  #watchers: Watcher[] = [];
  #lagsMs: number[] = [];
  #frames = 0;
  #bytesBefore = 0;
  #beganMs = performance.now();
  #fromMicros = 0;
  #refused: string[] = [];
  readonly #closes: Record<string, number> = {};
  #live = -1;
  #listed = -1;

  /** Answers when each console has had the first frame of its view. */
  async open(order: WatchOrder): Promise<void> {
    await Promise.all(Array.from({ length: order.count }, (_, i) => this.#watch(order, i)));
    this.reset();
  }

  /** Forgets what was measured so far. */
  reset(): void {
    this.#lagsMs = [];
    this.#frames = 0;
    this.#bytesBefore = this.#bytes();
    this.#beganMs = performance.now();
    this.#fromMicros = nowMicros();
    for (const watcher of this.#watchers) watcher.seen.clear();
  }

  stats(): WatchStats {
    return {
      consoles: this.#watchers.length,
      measured: this.#watchers.filter((watcher) => watcher.isMeasured).length,
      samples: this.#lagsMs.length,
      lagP50Ms: percentile(this.#lagsMs, 0.5),
      lagP99Ms: percentile(this.#lagsMs, 0.99),
      lagMaxMs: percentile(this.#lagsMs, 1),
      frames: this.#frames,
      bytes: this.#bytes() - this.#bytesBefore,
      seconds: (performance.now() - this.#beganMs) / 1000,
      refused: this.#refused,
      closes: { ...this.#closes },
      live: this.#live,
      listed: this.#listed,
    };
  }

  end(): void {
    for (const { socket } of this.#watchers) socket.cut();
    this.#watchers = [];
  }

  #bytes(): number {
    return this.#watchers.reduce((sum, { socket }) => sum + socket.bytesReceived, 0);
  }

  #watch(order: WatchOrder, index: number): Promise<void> {
    const kind = order.alike === true ? 0 : index % 10;
    const sort: Sort = kind === 7 || kind === 8 ? 'activity' : 'arrived';
    const filter = kind === 9 ? (FILTERS[Math.floor(index / 10) % FILTERS.length] ?? '') : '';
    const isMeasured = sort === 'arrived' && filter === '';
    const open: ConsoleUp = {
      t: 'open',
      view: 'list',
      scope: {},
      filter,
      streams: ['totals', 'cities', 'rows'],
      window: { sort, dir: 'desc', before: 0, after: order.rows },
    };
    return new Promise((resolve, reject) => {
      const seen = new Set<string>();
      let isFirst = true;
      const socket = openLeanSocket({
        host: order.host,
        port: order.port,
        path: '/api/v1/live',
        headers: { Cookie: order.cookie, Origin: `http://${order.host}:${order.port}` },
        onOpen() {},
        onText: (text) => {
          const atMicros = nowMicros();
          if (isMeasured) this.#measure(text, seen, atMicros);
          this.#frames++;
          // Parsing every frame of a hundred consoles would starve the process that measures; the first frames and one console are enough.
          if (!isFirst && index !== 0) return;
          const frame = JSON.parse(text) as ConsoleDown;
          if (frame.t === 'hello') socket.send(JSON.stringify(open));
          else if (frame.t === 'refused') {
            this.#refused.push(`${frame.code}: ${frame.message}`);
            reject(new Error(`a view was refused: ${frame.message}`));
          } else if (frame.t === 'view') {
            isFirst = false;
            this.#live = frame.totals?.set.live ?? this.#live;
            this.#listed = frame.totals?.set.listed ?? this.#listed;
            resolve();
          }
        },
        onClose: (code, reason) => {
          const name = `${code} ${reason}`;
          this.#closes[name] = (this.#closes[name] ?? 0) + 1;
          reject(new Error(`a console was closed: ${name}`));
        },
      });
      this.#watchers.push({ socket, seen, isMeasured });
    });
  }

  #measure(text: string, seen: Set<string>, atMicros: number): void {
    for (const { key, sentMicros } of markersIn(text)) {
      // A row that comes back into a window brings its old marker along; that is not lag.
      if (sentMicros < this.#fromMicros || seen.has(key)) continue;
      seen.add(key);
      this.#lagsMs.push((atMicros - sentMicros) / 1000);
    }
  }
}
