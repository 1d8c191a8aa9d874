import type { LiveClock, OpenSocket } from './ports.ts';

export const browserClock: LiveClock = {
  now: () => performance.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Path on this page's own origin. `closed` comes once, also when the socket could not be made at all. */
export function openBrowserSocket(path: string): OpenSocket {
  return (events) => {
    const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${path}`);
    socket.addEventListener('message', (event) => {
      if (typeof event.data === 'string') events.message(event.data);
    });
    socket.addEventListener('close', (event) => events.closed(event.code, event.reason), { once: true });
    return {
      send: (text) => {
        if (socket.readyState === WebSocket.OPEN) socket.send(text);
      },
      close: () => socket.close(1000),
    };
  };
}
