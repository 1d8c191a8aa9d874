import { linkLost, newLink, usesFallback } from '@foyer/domain/link';
import { VISITOR_PROTOCOL, type VisitorDown, type VisitorUp } from '@foyer/protocol/link';
import { base, now, safe, site, tag } from './env.ts';
import { emit } from './events.ts';

/** What the tracker needs of a WebSocket; the long poll of poll.js has the same shape. */
export interface Transport {
  onmessage: ((event: { readonly data: string }) => void) | null;
  onclose: ((event: { readonly reason: string }) => void) | null;
  send(text: string): void;
  close(): void;
}

/** A proxy that swallows the handshake would keep the browser waiting for minutes. */
const GREET_WITHIN_MS = 15_000;

/** Until the server has given its own window. Short: pages are opened at all times, so there is no crowd to be spread. */
export const link = newLink({ minMs: 200, maxMs: 2_000 });

let socket: Transport | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
/** On this socket: 0 nobody has spoken yet, 1 the server has, 2 hello was said. */
export let phase: 0 | 1 | 2 = 0;
let receive: (frame: VisitorDown) => void;

export const send = (frame: VisitorUp): void => {
  if (phase > 1) socket!.send(JSON.stringify(frame));
};
/** Says a greeting; with an empty one the socket falls silent. */
export const say = (greeting: VisitorUp[]): void => {
  phase = greeting[0] ? 2 : 1;
  greeting.forEach(send);
};

/** Connects after `waitMs`; frames go to `take`. */
export const open = (waitMs: number, take = receive): void => {
  receive = take;
  clearTimeout(timer);
  timer = setTimeout(connect, waitMs);
};

/** Back in view or back online: no need to sit out the wait, unless the server asked for it. */
export const wake = (): void => {
  if (timer && !socket && now() >= link.earliestMs) connect();
};

export const close = (): void => {
  clearTimeout(timer);
  const old = socket;
  socket = timer = undefined;
  phase = 0;
  if (old) {
    old.onmessage = old.onclose = null;
    old.close();
  }
};

const lost = (reason: string): void => {
  const waitMs = linkLost(link, { atMs: now(), spoke: phase > 0, reason, hidden: document.hidden, chance: Math.random() });
  close();
  emit('offline');
  if (waitMs < Infinity) open(waitMs);
};

const connect: () => void = safe(() => {
  close();
  const Class = ((!usesFallback(link) && window.WebSocket) || window.foyer.poll) as (new (url: string) => Transport) | undefined;
  if (!Class) return loadPoll();
  socket = new Class(`ws${base.slice(4)}/socket?site=${site}&v=${VISITOR_PROTOCOL}`);
  timer = setTimeout(lost, GREET_WITHIN_MS, '');
  socket.onmessage = safe(({ data }) => {
    clearTimeout(timer);
    phase ||= 1;
    receive(JSON.parse(data));
  });
  socket.onclose = ({ reason }) => lost(reason);
});

const loadPoll = () =>
  document.head.append(
    Object.assign(document.createElement('script'), { nonce: tag.nonce, src: `${base}/poll.js`, onload: connect, onerror: () => lost('') }),
  );
