import { Listeners } from '../live/listeners.ts';
import { NOTICE_KINDS, type NoticeKind } from './notice.ts';

/** How this browser tells its agent; each browser has its own: a phone rings where a laptop does not. */
export interface NotifyPrefs {
  readonly sound: boolean;
  /** 0 to 1. */
  readonly volume: number;
  /** Notifications of the browser; they also need its permission. */
  readonly notify: boolean;
  /** Also when no page of Foyer is open. */
  readonly push: boolean;
  /** What rings and is shown, by kind. Alerts say it themselves, one by one. */
  readonly kinds: Readonly<Record<NoticeKind, boolean>>;
}
export const NOTIFY_PREFS: NotifyPrefs = {
  sound: true,
  volume: 0.6,
  notify: true,
  push: false,
  kinds: { chat: true, message: true, given: true, mention: true, alert: true },
};

const KEY = 'foyer.notify';
const changed = new Listeners();
let kept: NotifyPrefs | null = null;

export function notifyPrefs(): NotifyPrefs {
  return (kept ??= read());
}
export const subscribePrefs = changed.subscribe;

export function savePrefs(patch: Partial<NotifyPrefs>): void {
  kept = { ...notifyPrefs(), ...patch };
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // Storage can be blocked: then it holds for this page.
  }
  changed.notify();
}

/** Another tab of this browser has changed them. Answers its own end. */
export function followPrefs(): () => void {
  const hear = ({ key }: StorageEvent): void => {
    if (key !== KEY) return;
    kept = null;
    changed.notify();
  };
  window.addEventListener('storage', hear);
  return () => window.removeEventListener('storage', hear);
}

function read(): NotifyPrefs {
  try {
    return readPrefs(localStorage.getItem(KEY));
  } catch {
    return NOTIFY_PREFS;
  }
}

/** What an earlier version, or somebody by hand, has written: each field that makes sense counts. */
export function readPrefs(text: string | null): NotifyPrefs {
  let said: Partial<Record<keyof NotifyPrefs, unknown>> = {};
  try {
    const value: unknown = JSON.parse(text ?? '{}');
    if (typeof value === 'object' && value !== null) said = value;
  } catch {
    return NOTIFY_PREFS;
  }
  const flag = (value: unknown, otherwise: boolean): boolean => (typeof value === 'boolean' ? value : otherwise);
  const kinds = typeof said.kinds === 'object' && said.kinds !== null ? (said.kinds as Record<string, unknown>) : {};
  const { volume } = said;
  return {
    sound: flag(said.sound, NOTIFY_PREFS.sound),
    volume: typeof volume === 'number' && volume >= 0 && volume <= 1 ? volume : NOTIFY_PREFS.volume,
    notify: flag(said.notify, NOTIFY_PREFS.notify),
    push: flag(said.push, NOTIFY_PREFS.push),
    kinds: Object.fromEntries(NOTICE_KINDS.map((kind) => [kind, flag(kinds[kind], NOTIFY_PREFS.kinds[kind])])) as NotifyPrefs['kinds'],
  };
}
