import type { VisitorDown, VisitorUp } from '@foyer/protocol';
import type { BrowserContext, Page } from 'playwright-core';

export interface TabLogEntry {
  /** Epoch ms of the machine. */
  readonly at: number;
  /** `up` and `down`: frames of a socket; `post`: body of a fetch or a beacon; `shown`: a pageshow event. */
  readonly way: 'up' | 'down' | 'post' | 'shown';
  readonly text: string;
}

/**
 * Remembers all that leaves and reaches the pages of a profile, before the tracker runs and without changing what it does. A new document
 * begins a new log; one that comes back from the bfcache goes on with its own.
 */
export function logTabs(profile: BrowserContext): Promise<unknown> {
  return profile.addInitScript(() => {
    const log: TabLogEntry[] = [];
    const note = (way: TabLogEntry['way'], text: string): void => void log.push({ at: Date.now(), way, text });
    Object.assign(window, { tabLog: log });
    const { send } = WebSocket.prototype;
    WebSocket.prototype.send = function (data) {
      note('up', String(data));
      send.call(this, data);
    };
    const onmessage = Object.getOwnPropertyDescriptor(WebSocket.prototype, 'onmessage')!;
    Object.defineProperty(WebSocket.prototype, 'onmessage', {
      ...onmessage,
      set(this: WebSocket, listener: ((event: MessageEvent<string>) => void) | null) {
        onmessage.set!.call(this, listener && ((event: MessageEvent<string>) => (note('down', event.data), listener.call(this, event))));
      },
    });
    const beacon = Navigator.prototype.sendBeacon;
    Navigator.prototype.sendBeacon = function (url, data) {
      note('post', `${String(url)} ${String(data)}`);
      return beacon.call(this, url, data);
    };
    const { fetch } = window;
    window.fetch = (url, init) => {
      note('post', `${String(url instanceof Request ? url.url : url)} ${String(init?.body ?? '')}`);
      return fetch(url, init);
    };
    addEventListener('pageshow', (event) => note('shown', String(event.persisted)));
  });
}

export const tabLog = (tab: Page): Promise<TabLogEntry[]> => tab.evaluate(() => (window as unknown as { tabLog: TabLogEntry[] }).tabLog);

/** Frames of one kind, oldest first. */
export async function framesOf<T extends VisitorUp['t'] | VisitorDown['t']>(
  tab: Page,
  t: T,
): Promise<{ at: number; frame: Extract<VisitorUp | VisitorDown, { t: T }> }[]> {
  type Frame = Extract<VisitorUp | VisitorDown, { t: T }>;
  const frames = (await tabLog(tab))
    .filter(({ way }) => way === 'up' || way === 'down')
    .map(({ at, text }) => ({ at, frame: JSON.parse(text) as Frame }));
  return frames.filter(({ frame }) => frame.t === t);
}
