/** Where the browser has no locks (a page over http), a page leads for this long after its last word; its successor waits as long. */
const LEASE_MS = 4_000;
const RENEW_MS = 1_500;

/**
 * Calls `onLead` when this page is the one of its agent's in this browser that leads: the first, and when it is gone another one.
 * A page that is closed, crashed or put to sleep gives it up by itself. Answers its own end.
 */
export function lead(name: string, onLead: () => void): () => void {
  if ('locks' in navigator) {
    const over = new AbortController();
    let letGo = (): void => {};
    const held = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    navigator.locks
      .request(name, { signal: over.signal }, () => {
        onLead();
        return held;
      })
      .catch(() => undefined);
    return () => {
      over.abort();
      letGo();
    };
  }
  return leadByLease(name, onLead);
}

/** By a note in storage that has to be renewed. Two pages that begin in the same millisecond may both lead once. */
function leadByLease(name: string, onLead: () => void): () => void {
  const page = crypto.getRandomValues(new Uint32Array(2)).join('-');
  let leads = false;
  const look = (): void => {
    try {
      const [holder = '', until = '0'] = (localStorage.getItem(name) ?? '').split(' ');
      if (holder !== page && Number(until) > Date.now()) {
        leads = false;
        return;
      }
      localStorage.setItem(name, `${page} ${Date.now() + LEASE_MS}`);
      if (!leads && holder === page) {
        leads = true;
        onLead();
      }
    } catch {
      // Without storage there is nobody to ask: each page speaks for itself.
      if (!leads) onLead();
      leads = true;
    }
  };
  look();
  const timer = setInterval(look, RENEW_MS);
  return () => {
    clearInterval(timer);
    try {
      if (leads) localStorage.removeItem(name);
    } catch {
      // Then it was never there.
    }
  };
}
