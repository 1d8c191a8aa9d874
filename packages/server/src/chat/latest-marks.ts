/** Conversations that wait at once: somebody reads one, and has looked into a few before the store has answered. */
const MOST_WAITING = 32;

/**
 * LatestMarks — how far somebody has read, written one conversation at a time: of many marks the last one counts, and while one is written
 * the next ones merge. So they never queue, however fast somebody scrolls; of more than 32 conversations those marked longest ago are left out.
 */
export class LatestMarks<M> {
  readonly #write: (conversation: string, mark: M) => Promise<unknown>;
  readonly #failed: (cause: unknown) => void;
  readonly #waiting = new Map<string, M>();
  #isWriting = false;

  constructor(write: (conversation: string, mark: M) => Promise<unknown>, failed: (cause: unknown) => void) {
    this.#write = write;
    this.#failed = failed;
  }

  put(conversation: string, mark: M): void {
    this.#waiting.delete(conversation);
    this.#waiting.set(conversation, mark);
    if (this.#waiting.size > MOST_WAITING) this.#waiting.delete(this.#waiting.keys().next().value!);
    if (!this.#isWriting) void this.#writeAll();
  }

  async #writeAll(): Promise<void> {
    this.#isWriting = true;
    try {
      for (let next = this.#waiting.entries().next().value; next; next = this.#waiting.entries().next().value) {
        const [conversation, mark] = next;
        this.#waiting.delete(conversation);
        await this.#write(conversation, mark);
      }
    } catch (cause) {
      this.#failed(cause);
    } finally {
      this.#isWriting = false;
    }
  }
}
