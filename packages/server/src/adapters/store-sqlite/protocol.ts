/** What the main thread and a database thread say to each other. Verbs are typed by the table that the worker serves. */

/** A verb runs synchronously, inside the transaction its thread has opened. */
export type Verbs = Readonly<Record<string, (args: never) => unknown>>;
export type Args<V extends Verbs, K extends keyof V> = Parameters<V[K]>;
export type Answer<V extends Verbs, K extends keyof V> = ReturnType<V[K]>;

export interface Call {
  readonly id: number;
  readonly verb: string;
  readonly args: unknown;
}
export interface Reply {
  readonly id: number;
  readonly answer?: unknown;
  readonly error?: ThreadError;
}
/** Errors lose their class on the way between threads, so the thread says which kind it was. */
export interface ThreadError {
  /** outage: the same call may succeed later. bug: it never will. */
  readonly kind: 'outage' | 'bug';
  readonly cause: unknown;
}
export type FromThread = { readonly ready: true } | { readonly failed: ThreadError } | { readonly replies: readonly Reply[] };
