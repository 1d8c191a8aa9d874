import { CHAT, type ConversationState, isOpen } from '@foyer/domain/presence';

/** A decision about what a visitor's visit shows. Told by whoever keeps conversations, to every node. */
export interface ConversationNote extends ConversationState {
  readonly k: 'conversation';
  readonly workspace: string;
  readonly visitor: string;
  /** Epoch ms of the decision; must grow with each about one visitor: the later one counts, in whatever order they come. */
  readonly at: number;
}

/** A state without conversation is remembered this long, so that an earlier one that comes late does not bring it back. */
const REMEMBER_NONE_MS = 10 * 60_000;
/** Visitors remembered, over all workspaces; beyond it, of the workspace with most of them, the one decided longest ago goes. 200 B each. */
const MOST = 200_000;

/**
 * Conversations — what each visitor's conversation makes its visit show, the same on every node.
 *
 * Purpose     a visit begins anew, moves to another home or is read back from the store, and shows its conversation at once.
 * Invariants  notes may come twice and in any order: the latest decision wins everywhere.
 * Bound       open conversations, and those that ended in the last ten minutes.
 */
export class Conversations {
  readonly #notes = new Map<string, Map<string, ConversationNote>>();
  readonly #most: number;
  #size = 0;

  constructor(options: { readonly most: number } = { most: MOST }) {
    this.#most = options.most;
  }

  of(workspace: string, visitor: string): ConversationNote | undefined {
    return this.#notes.get(workspace)?.get(visitor);
  }

  /** false: what is known is later. */
  put(note: ConversationNote): boolean {
    let notes = this.#notes.get(note.workspace);
    if (!notes) this.#notes.set(note.workspace, (notes = new Map()));
    const known = notes.get(note.visitor);
    if (known && !isLater(note, known)) return false;
    // Taken out first, so that a map's order is that of the decisions.
    if (!notes.delete(note.visitor)) this.#size++;
    notes.set(note.visitor, note);
    if (this.#size > this.#most) this.#dropOldest();
    return true;
  }

  /** Forgets what has been over for long. Cost: what is remembered. */
  sweep(now: number): void {
    for (const [workspace, notes] of this.#notes) {
      for (const [visitor, note] of notes) {
        if (note.state === 'none' && now - note.at > REMEMBER_NONE_MS && notes.delete(visitor)) this.#size--;
      }
      if (notes.size === 0) this.#notes.delete(workspace);
    }
  }

  *all(): Generator<ConversationNote> {
    for (const notes of this.#notes.values()) yield* notes.values();
  }

  /** Those that keep a visit with a connected tab listed. */
  *open(): Generator<ConversationNote> {
    for (const note of this.all()) if (isOpen(CHAT[note.state])) yield note;
  }

  get size(): number {
    return this.#size;
  }

  /** Cost: a look at each workspace. */
  #dropOldest(): void {
    let largest = new Map<string, ConversationNote>();
    for (const notes of this.#notes.values()) if (notes.size > largest.size) largest = notes;
    const oldest = largest.keys().next().value;
    if (oldest !== undefined && largest.delete(oldest)) this.#size--;
  }
}

/** Two decisions of the same millisecond are told apart by what they say, so that every node keeps the same one. */
function isLater(a: ConversationNote, b: ConversationNote): boolean {
  if (a.at !== b.at) return a.at > b.at;
  const text = ({ state, id, waitingSince }: ConversationNote): string => `${state} ${id} ${waitingSince}`;
  return text(a) > text(b);
}
