import type { WidgetLook, WidgetLookPatch } from '@foyer/protocol';
import { Listeners } from '../live/listeners.ts';

const NONE: WidgetLookPatch = {};

/** As it would be saved: lines left empty are no questions. */
export const tidied = (patch: WidgetLookPatch): WidgetLookPatch =>
  patch.questions ? { ...patch, questions: patch.questions.map((one) => one.trim()).filter((one) => one !== '') } : patch;

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** `patch` over `look`. */
export const laidOver = (look: WidgetLook, patch: WidgetLookPatch): WidgetLook => ({
  ...look,
  ...Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)),
});

/** What of `draft` differs from what is saved. */
export function changesOf(saved: WidgetLook, draft: WidgetLookPatch): WidgetLookPatch {
  const tidy = tidied(draft);
  const keys = Object.keys(saved) as (keyof WidgetLook)[];
  return Object.fromEntries(keys.filter((key) => key in tidy && !isSame(tidy[key], saved[key])).map((key) => [key, tidy[key]]));
}

/** Looks that are tried and not saved yet, by site; kept while the page lives, so that a walk through the dashboard loses none. */
export class LookDrafts {
  readonly #drafts = new Map<string, WidgetLookPatch>();
  readonly #changed = new Listeners();

  readonly subscribe = this.#changed.subscribe;

  of(site: string): WidgetLookPatch {
    return this.#drafts.get(site) ?? NONE;
  }

  change(site: string, patch: WidgetLookPatch): void {
    this.#drafts.set(site, { ...this.of(site), ...patch });
    this.#changed.notify();
  }

  /** `saved`: these were; what has been changed since stays. Absent: all of it goes. */
  drop(site: string, saved?: WidgetLookPatch): void {
    const left = Object.entries(saved ? this.of(site) : NONE).filter(([key, value]) => !isSame(value, saved?.[key as keyof WidgetLook]));
    if (left.length === 0) this.#drafts.delete(site);
    else this.#drafts.set(site, Object.fromEntries(left));
    this.#changed.notify();
  }
}

export const lookDrafts = new LookDrafts();
