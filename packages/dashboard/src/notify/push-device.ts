import type { PushDevice } from '@foyer/protocol';
import { chatApi } from '../api/chat-api.ts';
import { currentLanguage } from '../messages/language.ts';
import { browserLabel } from './browser-label.ts';
import { serviceWorker } from './service-worker.ts';

/** Whether this browser can be told things while no page of Foyer is open. 'denied': by the agent, in the browser's own settings. */
export function pushSupport(): 'yes' | 'no' | 'denied' {
  if (!window.isSecureContext || !('PushManager' in window) || !('Notification' in window) || !('serviceWorker' in navigator)) return 'no';
  return Notification.permission === 'denied' ? 'denied' : 'yes';
}

/** Subscribes this browser and tells the server; done again, it tells the server who is signed in now. Rejects when either declines. */
export async function subscribePush(): Promise<PushDevice> {
  const worker = await serviceWorker();
  if (!worker) throw new Error('no service worker');
  const { key } = await chatApi.pushKey();
  const known = await worker.pushManager.getSubscription();
  // Made with another key (another installation's data): nothing of it can be used.
  if (known && !isSameKey(known.options.applicationServerKey, key)) await known.unsubscribe();
  const subscription = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const { endpoint, keys } = subscription.toJSON();
  return chatApi.addPushDevice({
    endpoint: endpoint ?? '',
    keys: { p256dh: keys?.['p256dh'] ?? '', auth: keys?.['auth'] ?? '' },
    label: browserLabel(navigator.userAgent),
    lang: currentLanguage(),
  });
}

/** This browser's endpoint; '' = it is not subscribed. */
export async function pushEndpoint(): Promise<string> {
  if (pushSupport() === 'no') return '';
  const worker = await navigator.serviceWorker.getRegistration();
  return (await worker?.pushManager.getSubscription())?.endpoint ?? '';
}

/** Before signing out, or when the agent wants no more: whoever uses this browser next is told nothing. Never rejects. */
export async function forgetPush(): Promise<void> {
  try {
    if (pushSupport() === 'no') return;
    const worker = await navigator.serviceWorker.getRegistration();
    const subscription = await worker?.pushManager.getSubscription();
    if (!subscription) return;
    const own = (await chatApi.pushDevices()).find(({ endpoint }) => endpoint === subscription.endpoint);
    if (own) await chatApi.removePushDevice(own.id);
    await subscription.unsubscribe();
  } catch {
    // Out of reach: the push service says that it is gone with the next push.
  }
}

function isSameKey(made: ArrayBuffer | null, key: string): boolean {
  if (!made) return false;
  const text = btoa(String.fromCharCode(...new Uint8Array(made)));
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '') === key;
}
