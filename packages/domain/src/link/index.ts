export { readCloseReason } from './close-reason.ts';
export { CAP_MS, nextDelayMs, type RetryWindow } from './backoff.ts';
export { type Link, type Loss, linkLost, linkUp, newLink, usesFallback } from './link.ts';
export { cleanUrl, keptParams, type KeptInUrl } from './page-url.ts';
export { deliver, isFull, type Line, type LineEvent, newLine, type Outgoing } from '../chat/delivery.ts';
