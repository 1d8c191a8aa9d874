/** A page that stays open for days looks for a new version this often, when it is looked at. */
const LOOK_EVERY_MS = 3_600_000;

let registered: Promise<ServiceWorkerRegistration | null> | null = null;

/** The app's service worker (src/sw), registered once a page; null where there is none: over http, in private windows, while developing. */
export function serviceWorker(): Promise<ServiceWorkerRegistration | null> {
  return (registered ??= register());
}

async function register(): Promise<ServiceWorkerRegistration | null> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return null;
  try {
    const worker: ServiceWorkerRegistration | undefined = await navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' });
    // Browsers under test, and some extensions, answer nothing.
    if (!worker) return null;
    let lookedAt = Date.now();
    document.addEventListener('visibilitychange', () => {
      if (document.hidden || Date.now() - lookedAt < LOOK_EVERY_MS) return;
      lookedAt = Date.now();
      worker.update().catch(() => undefined);
    });
    return worker;
  } catch {
    registered = null;
    return null;
  }
}
