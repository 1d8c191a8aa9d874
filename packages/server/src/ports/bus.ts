/**
 * Bus — how nodes speak to each other: at most once, in order per publisher, nothing stored.
 * What is lost is found out and told again by the layers above (live/channels.ts), because every message there is a state, not an event.
 * Messages are plain data and belong to the receiver from then on; nobody changes one after publishing it.
 */
export interface Bus {
  /** This process; a new name with every start. */
  readonly node: string;
  /** To every subscriber of `subject` on every node, not back to this one. Never throws: a bus that is down loses the message. */
  publish(subject: string, message: unknown): void;
  subscribe(subject: string, handler: (message: unknown, from: string) => void): () => void;
  close(): Promise<void>;
}
