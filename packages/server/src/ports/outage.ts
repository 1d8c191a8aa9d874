/**
 * The world failed (disk full, file locked, thread gone, server away): nothing of the request was done, and the same request may
 * succeed later. Everything else that a port throws is a bug, and asking again does not help.
 */
export class Outage extends Error {
  override readonly name = 'Outage';
}
