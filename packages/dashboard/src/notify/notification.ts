import { t } from '../messages/catalogue.ts';
import type { Notice } from './notice.ts';

const ICON = '/icon-192.png';
const shown = new Map<string, Notification>();

/** By the service worker where there is one, so that it outlives the page and can be clicked after it; phones have no other way. */
export async function showNotification(notice: Notice, go: (to: string) => void): Promise<void> {
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  const { tag, to, kind } = notice;
  const title = notice.title || t.notify.kinds[kind];
  const options = { body: notice.body || (notice.title ? t.notify.kinds[kind] : ''), tag, icon: ICON, data: { to } };
  const worker = 'serviceWorker' in navigator ? await navigator.serviceWorker.getRegistration() : undefined;
  // Sounds are the page's own: a second one of the system would be one too many.
  if (worker?.active) return worker.showNotification(title, { ...options, silent: true }).catch(() => undefined);
  const notification = new Notification(title, { ...options, silent: true });
  shown.set(tag, notification);
  notification.onclose = () => shown.delete(tag);
  notification.onclick = () => {
    window.focus();
    notification.close();
    go(to);
  };
}

export async function closeNotification(tag: string): Promise<void> {
  shown.get(tag)?.close();
  const worker = 'serviceWorker' in navigator ? await navigator.serviceWorker.getRegistration() : undefined;
  const there = await worker?.getNotifications({ tag }).catch(() => []);
  for (const notification of there ?? []) notification.close();
}
