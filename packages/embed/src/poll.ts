import type { Closed, PollAnswer, VisitorPost, VisitorUp } from '@foyer/protocol/link';
import type { Transport } from './socket.ts';

/** While polling works, a WebSocket is tried this often: networks change under a tab. */
const PROBE_EVERY_MS = 600_000;
/** Frames said in one go (a greeting, a click that navigates) travel in one request. */
const GATHER_MS = 20;
/** The schema's bound. Beyond it the oldest go: page views are said again, the rest is overtaken by what follows. */
const MAX_FRAMES = 40;

/**
 * A WebSocket made of held POST requests, for networks that let none through. Same shape, so that the tracker knows no difference.
 *
 * Lifecycle   POST (the greeting) → POST, held by the server until it has something to say or 25 s are over → POST …
 * Frames      go out with a request of their own; the server answers the held one then, so there are never more than two.
 * On error    any failed request closes it; the tracker comes back as it would with a WebSocket.
 */
export class PollSocket implements Transport {
  onmessage: Transport['onmessage'] = null;
  onclose: Transport['onclose'] = null;
  #url: URL;
  #sid: string | undefined;
  #frames: VisitorUp[] = [];
  #requests = 0;
  #abort = new AbortController();
  #gathering: ReturnType<typeof setTimeout> | undefined;
  #probing: ReturnType<typeof setTimeout>;

  constructor(url: string) {
    this.#url = new URL(url);
    this.#probing = setTimeout(() => this.#probe(), PROBE_EVERY_MS);
    void this.#post();
  }

  send(text: string): void {
    this.#frames = [...this.#frames, JSON.parse(text) as VisitorUp].slice(-MAX_FRAMES);
    this.#gathering ??= setTimeout(() => {
      this.#gathering = undefined;
      // Until the greeting is answered there is no session to post to; its answer takes the frames along.
      if (this.#sid) void this.#post();
    }, GATHER_MS);
  }

  close(): void {
    this.#abort.abort();
    clearTimeout(this.#probing);
    clearTimeout(this.#gathering);
  }

  #end(reason = ''): void {
    if (this.#abort.signal.aborted) return;
    this.close();
    this.onclose?.({ reason });
  }

  async #post(): Promise<void> {
    const { href, origin, pathname, searchParams } = this.#url;
    const body: VisitorPost = {
      site: searchParams.get('site')!,
      v: Number(searchParams.get('v')),
      frames: this.#frames.splice(0),
      ...(this.#sid ? { sid: this.#sid } : {}),
    };
    this.#requests++;
    try {
      const answer = await fetch(href.replace(/^ws/, 'http').replace(/\/socket\?.*/, '/poll'), {
        method: 'POST',
        // A simple request: text/plain needs no preflight. The host page's cookies are none of ours.
        headers: { 'content-type': 'text/plain' },
        credentials: 'omit',
        body: JSON.stringify(body),
        signal: this.#abort.signal,
      });
      if (!answer.ok) throw new Error(`${origin}${pathname} ${answer.status}`);
      this.#requests--;
      this.#hear((await answer.json()) as PollAnswer);
    } catch {
      this.#end();
    }
  }

  #hear({ sid, frames }: PollAnswer): void {
    this.#sid = sid;
    for (const frame of frames) {
      if (frame.t === 'closed') return this.#end((frame as Closed).reason);
      this.onmessage?.({ data: JSON.stringify(frame) });
    }
    if (this.#requests === 0 && !this.#abort.signal.aborted) void this.#post();
  }

  /** A WebSocket that opens ends the polling, and asks to be followed at once, so the visitor is never seen to leave. */
  #probe(): void {
    const socket = new WebSocket(this.#url.href);
    socket.onopen = () => {
      socket.close();
      this.#end(JSON.stringify({ code: 'socket_opens', minMs: 0, maxMs: 0 }));
    };
    socket.onerror = () => {
      this.#probing = setTimeout(() => this.#probe(), PROBE_EVERY_MS);
    };
  }
}
