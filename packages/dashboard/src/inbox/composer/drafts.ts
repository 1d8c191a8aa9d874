import { Listeners } from '../../live/listeners.ts';

export type Mode = 'reply' | 'note';

/** An own message that is being changed. */
export interface Editing {
  readonly seq: number;
  readonly kind: Mode;
  readonly original: string;
  readonly text: string;
}
export interface Draft {
  readonly mode: Mode;
  readonly reply: string;
  readonly note: string;
  /** While it is there it stands in the field, and both drafts wait below it. */
  readonly editing: Editing | null;
}
const EMPTY_DRAFT: Draft = { mode: 'reply', reply: '', note: '', editing: null };

/** The part of Web Storage that drafts need. */
export interface DraftStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
  key(index: number): string | null;
  readonly length: number;
}
const PREFIX = 'foyer.draft.';
/** Nobody finishes a sentence after two weeks, and what visitors were nearly told need not lie around. */
const KEPT_MS = 14 * 86_400_000;
const MOST_KEPT = 100;

/** The text in the field. */
export const textOf = (draft: Draft): string => draft.editing?.text ?? draft[draft.mode];
/** Who will see what stands in the field. */
export const modeOf = (draft: Draft): Mode => draft.editing?.kind ?? draft.mode;

/**
 * What agents have begun to write, one for each conversation and mode. It survives another conversation, a reload and a restart of the
 * browser, each agent's own apart. Where nothing can be stored (private windows, a full quota) it lives as long as the page.
 */
export class Drafts {
  readonly #storage: DraftStorage | null;
  readonly #prefix: string;
  readonly #now: () => number;
  readonly #kept = new Map<string, Draft>();
  readonly #listeners = new Listeners();

  constructor(user: string, storage: DraftStorage | null, now: () => number) {
    this.#storage = storage;
    this.#prefix = `${PREFIX}${user}.`;
    this.#now = now;
    this.#tidy();
  }

  readonly subscribe = this.#listeners.subscribe;

  get(conversation: string): Draft {
    let draft = this.#kept.get(conversation);
    if (!draft) {
      draft = this.#read(conversation);
      this.#kept.set(conversation, draft);
    }
    return draft;
  }

  set(conversation: string, change: Partial<Draft>): void {
    const draft = { ...this.get(conversation), ...change };
    this.#kept.set(conversation, draft);
    this.#write(conversation, draft);
    this.#listeners.notify();
  }

  /** Puts text into the field that stands there now. */
  write(conversation: string, text: string): void {
    const draft = this.get(conversation);
    this.set(conversation, draft.editing ? { editing: { ...draft.editing, text } } : { [draft.mode]: text });
  }

  /**
   * What was taken back stands in front of what has been begun since. `asked` is the draft when it was asked for: whoever writes something
   * else by now goes on with that, or a note that is being written would go to the visitor. Answers whether the text is in the field.
   */
  restore(conversation: string, mode: Mode, text: string, asked: Draft = this.get(conversation)): boolean {
    const draft = this.get(conversation);
    const isFree = draft === asked || modeOf(draft) === mode;
    const words = [text, draft[mode]].filter((one) => one.trim() !== '').join('\n');
    this.set(conversation, { ...(isFree && { mode }), [mode]: words });
    return isFree;
  }

  #read(conversation: string): Draft {
    try {
      const said: unknown = JSON.parse(this.#storage?.getItem(this.#prefix + conversation) ?? 'null');
      if (typeof said !== 'object' || said === null) return EMPTY_DRAFT;
      const { mode, reply, note } = said as Record<string, unknown>;
      return {
        mode: mode === 'note' ? 'note' : 'reply',
        reply: typeof reply === 'string' ? reply : '',
        note: typeof note === 'string' ? note : '',
        editing: null,
      };
    } catch {
      return EMPTY_DRAFT;
    }
  }

  #write(conversation: string, { mode, reply, note }: Draft): void {
    const key = this.#prefix + conversation;
    try {
      if (reply === '' && note === '') this.#storage?.removeItem(key);
      else this.#storage?.setItem(key, JSON.stringify({ mode, reply, note, at: this.#now() }));
    } catch {
      // A full or forbidden storage: the draft in memory is the one that counts.
    }
  }

  #tidy(): void {
    const { storage, kept } = { storage: this.#storage, kept: [] as { key: string; at: number }[] };
    if (!storage) return;
    try {
      for (let i = 0; i < storage.length; i += 1) {
        const key = storage.key(i);
        if (key?.startsWith(this.#prefix)) kept.push({ key, at: Number(/"at":(\d+)/.exec(storage.getItem(key) ?? '')?.[1] ?? 0) });
      }
      kept.sort((a, b) => b.at - a.at);
      for (const [i, { key, at }] of kept.entries()) if (i >= MOST_KEPT || this.#now() - at > KEPT_MS) storage.removeItem(key);
    } catch {
      // As above.
    }
  }
}
