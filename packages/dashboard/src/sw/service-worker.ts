/**
 * The service worker: the app opens without a network, and pushes are shown while no page is open.
 *
 * Safe by what it leaves alone: it answers the dashboard's own pages when the server cannot, and files whose names hold their content.
 * The API, sockets, files of conversations, the tracker and everything else it does not touch, and keeps no answer of theirs.
 */
import type { PushMessage } from '@foyer/protocol';

/** Of the build (vite.config.ts): what is stored at once, what may be stored when it is first asked for, and what tells builds apart. */
declare const __SHELL__: readonly string[];
declare const __ASSETS__: readonly string[];
declare const __BUILD__: string;

interface Waits extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetches extends Waits {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Pushes extends Waits {
  readonly data: { json(): unknown } | null;
}
interface Clicks extends Waits {
  readonly notification: Notification;
}
interface Page {
  readonly url: string;
  readonly focused: boolean;
  focus(): Promise<Page>;
  postMessage(said: unknown): void;
}
interface Scope extends EventTarget {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    claim(): Promise<void>;
    matchAll(q: { type: 'window'; includeUncontrolled: boolean }): Promise<readonly Page[]>;
    openWindow(url: string): Promise<unknown>;
  };
  skipWaiting(): Promise<void>;
}
const worker = self as unknown as Scope;

const PREFIX = 'foyer-';
const CACHE = `${PREFIX}${__BUILD__}`;
const ASSETS = new Set(__ASSETS__);
/** First parts of the addresses that the dashboard draws. */
const PAGES = new Set(['', 'visitors', 'monitor', 'inbox', 'playground', 'settings', 'login']);

worker.addEventListener('install', (event) => {
  (event as Waits).waitUntil(
    caches
      .open(CACHE)
      .then((cache) => cache.addAll(__SHELL__.map((path) => new Request(path, { cache: path === '/' ? 'reload' : 'default' }))))
      .then(() => worker.skipWaiting()),
  );
});

worker.addEventListener('activate', (event) => {
  (event as Waits).waitUntil(dropOld().then(() => worker.clients.claim()));
});

worker.addEventListener('fetch', (event) => {
  const fetched = event as Fetches;
  const { request } = fetched;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (request.mode === 'navigate') {
    if (PAGES.has(url.pathname.split('/')[1] ?? '')) fetched.respondWith(page(request));
  } else if (ASSETS.has(url.pathname)) fetched.respondWith(asset(request));
});

worker.addEventListener('push', (event) => {
  (event as Pushes).waitUntil(show((event as Pushes).data));
});

worker.addEventListener('notificationclick', (event) => {
  const { notification } = event as Clicks;
  notification.close();
  const data: unknown = notification.data;
  const to = typeof data === 'object' && data !== null && 'to' in data && typeof data.to === 'string' ? data.to : '/inbox';
  (event as Clicks).waitUntil(open(to));
});

/** The browser has made a new subscription in place of an old one: the page tells the server when it is opened next, or one that is. */
worker.addEventListener('pushsubscriptionchange', (event) => {
  (event as Waits).waitUntil(renew());
});

/** The one before stays: pages that were opened with it still load parts of it. */
async function dropOld(): Promise<void> {
  const own = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(own.slice(0, -1).map((name) => caches.delete(name)));
}

/** From the server whenever it answers, so that a new version shows at once. */
async function page(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (failure) {
    const shell = await (await caches.open(CACHE)).match('/');
    if (shell) return shell;
    throw failure;
  }
}

/** The name holds the content: what is stored is what the server has. */
async function asset(request: Request): Promise<Response> {
  const stored = await caches.match(request, { ignoreVary: true });
  if (stored) return stored;
  const answer = await fetch(request);
  if (answer.ok && answer.type === 'basic') {
    const copy = answer.clone();
    await caches.open(CACHE).then(
      (cache) => cache.put(request, copy),
      () => undefined,
    );
  }
  return answer;
}

/** Browsers demand that each push shows something, also one that cannot be read. */
function show(data: Pushes['data']): Promise<void> {
  let said: Partial<PushMessage> = {};
  try {
    const value: unknown = data?.json();
    if (typeof value === 'object' && value !== null) said = value;
  } catch {
    // Not ours; what it is about is in the inbox.
  }
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const tag = text(said.tag);
  const conversation = text(said.conversation);
  const visitor = tag.startsWith('visit:') ? tag.slice(6) : '';
  const to =
    conversation !== ''
      ? `/inbox/${encodeURIComponent(conversation)}`
      : visitor !== ''
        ? `/visitors?visitor=${encodeURIComponent(visitor)}`
        : '/inbox';
  const options = { body: text(said.body), tag, renotify: tag !== '', icon: '/icon-192.png', badge: '/badge-96.png', data: { to } };
  return worker.registration.showNotification(text(said.title) || 'Foyer', options);
}

async function open(to: string): Promise<void> {
  const pages = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const there = pages.find(({ focused }) => focused) ?? pages.find(({ url }) => PAGES.has(new URL(url).pathname.split('/')[1] ?? ''));
  if (!there) {
    await worker.clients.openWindow(to);
    return;
  }
  there.postMessage({ open: to });
  await there.focus();
}

async function renew(): Promise<void> {
  const answer = await fetch('/api/v1/push/key', { credentials: 'same-origin' });
  if (!answer.ok) return;
  const { key } = (await answer.json()) as { key: string };
  const made = await worker.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const { endpoint, keys } = made.toJSON();
  await fetch('/api/v1/push/devices', {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ endpoint, keys }),
  });
}
