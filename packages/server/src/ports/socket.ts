/**
 * Socket — one peer, as far as the live core cares. `send` says truthfully what became of a frame:
 * 'sent' = the kernel has it or soon will; 'queued' = taken, but the peer reads slowly: hold back until `drained`; 'closed' = nobody is there.
 */
export interface Socket {
  send(text: string): 'sent' | 'queued' | 'closed';
  close(code: number, reason: string): void;
}
/** What a socket tells its session. None of these is called after `closed`. */
export interface Peer {
  text(frame: string): void;
  drained(): void;
  closed(): void;
}
