import { linkLost, newLink, usesFallback } from '@foyer/domain/link';
import { VISITOR_PROTOCOL, type VisitorChatUp, type VisitorUp } from '@foyer/protocol/link';
import { base, now, safe, site } from './env.ts';
import { emit } from './events.ts';
import { hear } from './hear.ts';
import { isLimited } from './permission.ts';
import { tell } from './widget-calls.ts';

/** What the tracker needs of a WebSocket; the long poll of poll.js has the same shape. */
export interface Transport {
  onmessage: ((event: { readonly data: string }) => void) | null | void;
  onclose: ((event: { readonly reason: string }) => void) | null | void;
  send(text: string): void;
  /** Of its end nothing is told any more. */
  close(): void;
}

/** A proxy that swallows the handshake would keep the browser waiting for minutes. */
const GREET_WITHIN_MS = 15_000;

/** Until the server has given its own window. Short: pages are opened at all times, so there is no crowd to be spread. */
export const link = newLink({ minMs: 200, maxMs: 2_000 });

let PollSocket: (new (url: string) => Transport) | undefined;
let socket: Transport | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
/** On this socket: 0 nobody has spoken yet, 1 the server has, 2 hello was said. */
export let phase: 0 | 1 | 2 = 0;

/** true: it is on its way; whether it arrived is for an answer to say. */
export const sayNow = (frame: VisitorUp | VisitorChatUp): boolean =>
  (phase as unknown as boolean) && !(socket!.send(JSON.stringify(frame)) as unknown);
/** true: as above. Before the greeting nothing is. */
export const send = (frame: VisitorUp): boolean => phase > 1 && !(frame.t === 'identify' && isLimited()) && sayNow(frame);
/** Says a greeting; with an empty one the socket falls silent. */
export const say = (greeting: VisitorUp[]): void => {
  phase = greeting[0] ? 2 : 1;
  greeting.forEach(send);
};

/** Connects after `waitMs`. What was open or waiting has been closed before. */
export const open = (waitMs: number): void => {
  timer = setTimeout(connect, waitMs);
};

/** Back in view or back online: no need to sit out the wait, unless the server asked for it. */
export const wake = (): void => {
  if (timer && !socket && now() >= link.earliestMs) connect();
};

export const close = (): void => {
  timer = clearTimeout(timer) as undefined;
  phase = 0;
  socket &&= socket.onmessage = socket.onclose = socket.close() as undefined;
};

const lost = safe((reason: string): void => {
  const waitMs = linkLost(link, { atMs: now(), spoke: !!phase, reason, hidden: document.hidden, chance: Math.random() });
  close();
  emit('offline', waitMs);
  if (waitMs < Infinity) open(waitMs);
});

const connect: () => void = safe(() => {
  close();
  timer = setTimeout(lost, GREET_WITHIN_MS);
  const Class = ((!usesFallback(link) && window.WebSocket) || PollSocket) as typeof PollSocket;
  if (Class) {
    socket = new Class(`ws${base.slice(4)}/socket?site=${site}&v=${VISITOR_PROTOCOL}`);
    socket.onmessage = safe(({ data }) => {
      clearTimeout(timer);
      phase ||= 1;
      const frame = JSON.parse(data) as { t: keyof typeof hear };
      (hear[frame.t] || tell)(frame as never);
    });
    socket.onclose = ({ reason }) => lost(reason);
  }
  // An import takes the nonce of the script along, so a strict policy lets it through. If it fails, the timer has the next try.
  else
    import(/* @vite-ignore */ `${base}/poll.js`).then(
      (chunk: typeof import('./poll.ts')) => {
        PollSocket = chunk.PollSocket;
        // Closed meanwhile: consent was denied, or the page left.
        if (timer) connect();
      },
      // Any function that does not throw.
      safe,
    );
});
