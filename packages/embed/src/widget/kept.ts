/** What the widget keeps beside the tracker's own, and only where that may keep something: nothing said is lost when the page changes. */
import type { Outgoing } from '@foyer/domain/link';
import { type Said, state, type View } from './state.ts';
import { kept, settings } from './tracker.ts';

interface Kept {
  readonly outgoing?: readonly Outgoing<Said>[];
  readonly draft?: string;
  /** The view that was open when the page was left; ''. */
  readonly view?: View | '';
  readonly skipsEmail?: boolean;
  readonly isMuted?: boolean;
  /** Invitation that was shown in this tab. */
  readonly seen?: string;
}
const name = (): string => `foyer_${settings['site']}_chat`;
const safely = <T>(run: () => T): T | undefined => {
  try {
    return run();
  } catch {
    // Storage is blocked: this page is all there is.
    return undefined;
  }
};
let inMemory: Kept = {};

export const recall = (): Kept =>
  (kept() !== false && safely(() => JSON.parse(sessionStorage.getItem(name()) || 'null') as Kept | null)) || inMemory;
export function keep(part: Kept): void {
  inMemory = { ...recall(), ...part };
  if (kept() !== false) safely(() => sessionStorage.setItem(name(), JSON.stringify(inMemory)));
}

let outgoingKept: unknown;
export function keepOutgoing(): void {
  const { outgoing } = state.line;
  if (outgoing === outgoingKept) return;
  outgoingKept = outgoing;
  keep({ outgoing });
}

/** In this browser, so that the next page asks at once what has come meanwhile. Not of a visitor who is forgotten with the tab. */
export function rememberConversation(): void {
  if (kept() === false || state.you?.keep === 'tab') return;
  safely(() => {
    if (state.conversation) localStorage.setItem(name(), '1');
    else localStorage.removeItem(name());
  });
}
export const isRemembered = (): boolean => !!(kept() !== false && safely(() => localStorage.getItem(name())));
export function forgetKept(): void {
  inMemory = {};
  safely(() => {
    sessionStorage.removeItem(name());
    localStorage.removeItem(name());
  });
}
