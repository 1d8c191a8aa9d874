/** A pause this long, and one is not in the middle of writing any more. */
const PAUSE_MS = 1_000;
let heldUntil = 0;

/**
 * The field was taken from under somebody's hands: a colleague was faster, or took over. What is typed on goes into no field, and would be
 * read as commands (a word with an `e` would resolve it), so single keys do nothing until the typing rests.
 */
export function holdKeys(): void {
  heldUntil = performance.now() + PAUSE_MS;
}
/** To be asked at each key: one that is held holds the next. */
export function areKeysHeld(): boolean {
  const now = performance.now();
  if (now >= heldUntil) return false;
  heldUntil = now + PAUSE_MS;
  return true;
}
