import { cidrContains, parseAddress, parseCidr } from '@foyer/domain/privacy';
import type { BlockRecord } from '../ports/team-store.ts';

interface Index {
  readonly all: Map<string, BlockRecord>;
  /** When the last block of each ends; Infinity: never by itself. */
  readonly addresses: Map<string, number>;
  readonly visitors: Map<string, number>;
  readonly ranges: { readonly cidr: NonNullable<ReturnType<typeof parseCidr>>; readonly until: number }[];
}

/**
 * Who may not connect, in memory: asked at each handshake and each hello.
 *
 * A block that has ended holds nobody back from that moment; it leaves memory with the next `sweep`.
 * Cost: two look-ups, and one comparison for each range of the workspace.
 */
export class Blocks {
  readonly #byWorkspace = new Map<string, Index>();
  /** Not before this does any end, so nobody is asked about it for each new one. */
  #nextEnd = Number.POSITIVE_INFINITY;

  put(block: BlockRecord): void {
    this.#nextEnd = Math.min(this.#nextEnd, block.until ?? this.#nextEnd);
    const index = this.#byWorkspace.get(block.workspace) ?? anIndex();
    this.#byWorkspace.set(block.workspace, index);
    if (index.all.delete(block.id)) this.#rebuild(block.workspace);
    enter(this.#byWorkspace.get(block.workspace) ?? index, block);
  }

  /** Answers the block that went; null: there was none. */
  remove(workspace: string, id: string): BlockRecord | null {
    const block = this.#byWorkspace.get(workspace)?.all.get(id);
    if (!block) return null;
    this.#byWorkspace.get(workspace)?.all.delete(id);
    // Two blocks may hold one address, so the index is made again rather than cut.
    this.#rebuild(workspace);
    return block;
  }

  /** Those that hold at `now`, newest first. */
  list(workspace: string, now: number): BlockRecord[] {
    return [...(this.#byWorkspace.get(workspace)?.all.values() ?? [])]
      .filter(({ until }) => until === null || until > now)
      .sort((a, b) => b.createdAt - a.createdAt || (a.id < b.id ? 1 : -1));
  }

  /** `address` '': not known. */
  holdsAddress(workspace: string, who: { readonly address: string; readonly addressHash: string }, now: number): boolean {
    const index = this.#byWorkspace.get(workspace);
    if (!index) return false;
    if ((index.addresses.get(who.addressHash) ?? 0) > now) return true;
    if (index.ranges.length === 0) return false;
    const address = parseAddress(who.address);
    return address !== null && index.ranges.some(({ cidr, until }) => until > now && cidrContains(cidr, address));
  }

  holdsVisitor(workspace: string, visitor: string, now: number): boolean {
    return (this.#byWorkspace.get(workspace)?.visitors.get(visitor) ?? 0) > now;
  }

  hasEnded(now: number): boolean {
    return this.#nextEnd <= now;
  }

  /** Forgets what has ended. */
  sweep(now: number): void {
    this.#nextEnd = Number.POSITIVE_INFINITY;
    for (const [workspace, { all }] of this.#byWorkspace) {
      const before = all.size;
      for (const { id, until } of all.values()) {
        if (until !== null && until <= now) all.delete(id);
        else this.#nextEnd = Math.min(this.#nextEnd, until ?? this.#nextEnd);
      }
      if (all.size < before) this.#rebuild(workspace);
    }
  }

  #rebuild(workspace: string): void {
    const index = anIndex();
    for (const block of this.#byWorkspace.get(workspace)?.all.values() ?? []) enter(index, block);
    this.#byWorkspace.set(workspace, index);
  }
}

const anIndex = (): Index => ({ all: new Map(), addresses: new Map(), visitors: new Map(), ranges: [] });

function enter(index: Index, block: BlockRecord): void {
  index.all.set(block.id, block);
  const until = block.until ?? Number.POSITIVE_INFINITY;
  const longest = (held: Map<string, number>, key: string): unknown => held.set(key, Math.max(held.get(key) ?? 0, until));
  if (block.kind === 'address') longest(index.addresses, block.addressHash);
  else if (block.kind === 'visitor') longest(index.visitors, block.what);
  else {
    const cidr = parseCidr(block.what);
    if (cidr) index.ranges.push({ cidr, until });
  }
}
