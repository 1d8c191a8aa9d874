/**
 * The node that is home of a visitor: rendezvous hashing, so that a node that comes or goes moves only its own share (1/n).
 * Every node that sees the same members gives the same answer. Cost: O(members), a few dozen nanoseconds each.
 */
export function homeOf(visitor: string, members: readonly string[]): string {
  let best = members[0]!;
  if (members.length === 1) return best;
  let bestScore = -1;
  for (const node of members) {
    const score = hash(node, hash(visitor, 0x811c9dc5));
    if (score > bestScore || (score === bestScore && node < best)) {
      best = node;
      bestScore = score;
    }
  }
  return best;
}

/** FNV-1a with a final mix (murmur3): FNV alone leaves the low bits of short texts alike, and one node would get most visitors. */
function hash(text: string, seed: number): number {
  let h = seed;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}
