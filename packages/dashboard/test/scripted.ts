/** A clock and a socket that do what the test says, and nothing else. */
import type { ConsoleDown, ConsoleUp, Row } from '@foyer/protocol';
import { ConsoleClient, type ConsoleEvents } from '../src/live/console-client.ts';
import type { LiveClock, LiveSocketEvents, Probe } from '../src/live/ports.ts';
import { FakeView, newestFirst } from './fake-views.ts';

export class ManualClock implements LiveClock {
  #now = 1_000;
  #timers: { at: number; run: () => void }[] = [];
  now(): number {
    return this.#now;
  }
  after(delayMs: number, run: () => void): () => void {
    const timer = { at: this.#now + delayMs, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((t) => t !== timer);
    };
  }
  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const due = this.#timers.filter((t) => t.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.#now = Math.max(this.#now, due.at);
      this.#timers = this.#timers.filter((t) => t !== due);
      due.run();
    }
    this.#now = end;
  }
}

export interface ScriptedSocket {
  readonly events: LiveSocketEvents;
  readonly sent: ConsoleUp[];
  closed: boolean;
  say(frame: ConsoleDown): void;
}
/** Server time at clock 0. */
export const WALL = 1_700_000_000_000;

export function scripted(
  q: {
    random?: () => number;
    probe?: Probe;
    onSend?: (socket: ScriptedSocket, up: ConsoleUp) => void;
    events?: Partial<ConsoleEvents>;
  } = {},
) {
  const clock = new ManualClock();
  const sockets: ScriptedSocket[] = [];
  const happened: string[] = [];
  const client = new ConsoleClient({
    clock,
    random: q.random ?? (() => 0.5),
    probe: q.probe ?? (() => Promise.resolve('ok')),
    events: {
      signedOut: () => happened.push('signed out'),
      roleChanged: () => happened.push('role changed'),
      changed: (what) => happened.push(`changed ${what}`),
      ...q.events,
    },
    open: (events) => {
      const socket: ScriptedSocket = { events, sent: [], closed: false, say: (frame) => events.message(JSON.stringify(frame)) };
      sockets.push(socket);
      return {
        send: (text) => {
          const up = JSON.parse(text) as ConsoleUp;
          socket.sent.push(up);
          q.onSend?.(socket, up);
        },
        close: () => {
          socket.closed = true;
        },
      };
    },
  });
  const last = (): ScriptedSocket => sockets[sockets.length - 1]!;
  const hello = (epoch = 'e1'): void =>
    last().say({
      t: 'hello',
      v: 1,
      epoch,
      now: WALL + clock.now(),
      me: { id: 'u', name: 'Anna', role: 'owner', workspace: 'w' },
      retry: { minMs: 200, maxMs: 1_000 },
    });
  return { client, clock, sockets, happened, last, hello };
}

export function aRow(given: Partial<Row> & { id: string }): Row {
  return {
    visitor: `v-${given.id}`,
    n: 1,
    name: '',
    site: 's',
    status: 'active',
    waitingSince: 0,
    online: true,
    reconnecting: false,
    country: 'AT',
    region: '',
    city: 'Vienna',
    place: 'AT||Vienna',
    approximate: false,
    title: 'Home',
    url: 'https://x.example/',
    referrer: '',
    campaign: '',
    lang: 'de',
    browser: 'Chrome',
    os: 'Linux',
    device: 'desktop',
    context: '',
    goals: '',
    pages: 1,
    startedAt: 0,
    lastActivityAt: 0,
    leftAt: 0,
    visits: 1,
    filtered: '',
    ...given,
  };
}

/** A connected client whose server answers views over `rows`; `tick` sends what changed. */
export function servedBy(rows: () => readonly Row[], q: { answerLate?: boolean } = {}) {
  const views = new Map<string, FakeView>();
  const requests: ConsoleUp[] = [];
  const late: (() => void)[] = [];
  const sorted = (): Row[] => [...rows()].sort(newestFirst);
  const harness = scripted({
    onSend: (socket, up) => {
      requests.push(up);
      if (up.t === 'open') views.set(up.view, new FakeView(up));
      if (up.t === 'close') views.delete(up.view);
      const view = views.get(up.view);
      if (up.t === 'window' && view) view.window = up.window;
      if (up.t === 'again') view?.again();
      const answer = (): void => {
        const frame = views.get(up.view)?.frame(sorted(), WALL + harness.clock.now());
        if (frame) socket.say(frame);
      };
      if (up.t === 'open' || up.t === 'window' || up.t === 'again') late.push(answer);
      if (!q.answerLate) flush();
    },
  });
  // Answers come after the call that asked, as on a wire.
  let flushing = false;
  function flush(): void {
    if (flushing) return;
    flushing = true;
    queueMicrotask(() => {
      flushing = false;
      for (const answer of late.splice(0)) answer();
    });
  }
  harness.client.start();
  harness.hello();
  return {
    ...harness,
    views,
    requests,
    answer: () => {
      for (const answer of late.splice(0)) answer();
    },
    tick: () => {
      for (const view of [...views.values()]) {
        const frame = view.frame(sorted(), WALL + harness.clock.now());
        if (frame) harness.last().say(frame);
      }
    },
  };
}
