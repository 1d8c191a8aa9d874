/**
 * Close codes of both sockets. Each says what the peer should do next; the close *reason* is the JSON of `CloseAdvice`.
 * 4000–4999 is the private range of RFC 6455. Names are what logs and metrics count, so users can search for them.
 */
export const CLOSE = {
  /** 1001: the server restarts. Come back within the retry window of `welcome`. */
  restart: { code: 1001, name: 'restart', retry: 'window' },
  /** A frame that is not JSON, not an object, or not one of the protocol's messages. The same frame will fail again. */
  badFrame: { code: 4400, name: 'bad_frame', retry: 'slow' },
  /** The console's session ended (logout, expiry, role change). Sign in again, or reconnect for the new role. */
  signedOut: { code: 4401, name: 'signed_out', retry: 'never' },
  roleChanged: { code: 4402, name: 'role_changed', retry: 'soon' },
  /** The site's allow-list does not hold this page's origin. The owner sees it in Install, with *Allow*. */
  originRefused: { code: 4403, name: 'origin_refused', retry: 'slow' },
  /** No site has this key, or it was deleted. */
  unknownSite: { code: 4404, name: 'unknown_site', retry: 'slow' },
  /** `hello` did not come first, or came twice. */
  outOfOrder: { code: 4409, name: 'out_of_order', retry: 'slow' },
  /** Over `LIMITS.maxFrameBytes`. */
  tooBig: { code: 4413, name: 'too_big', retry: 'slow' },
  /** This protocol version is not served here. Load the script again. */
  version: { code: 4426, name: 'version', retry: 'slow' },
  /** Too many connections or frames from this tab, address or site. */
  rateLimited: { code: 4429, name: 'rate_limited', retry: 'slow' },
  /** The peer reads too slowly for its ordered queue. Reconnect and resume. */
  slowConsumer: { code: 4430, name: 'slow_consumer', retry: 'soon' },
  /** Blocked by the workspace. */
  blocked: { code: 4451, name: 'blocked', retry: 'never' },
  /** A fault of ours, logged with its cause. */
  fault: { code: 4500, name: 'fault', retry: 'soon' },
  /** The node cannot take more sockets. */
  full: { code: 4503, name: 'full', retry: 'slow' },
} as const satisfies Record<string, { code: number; name: string; retry: 'never' | 'soon' | 'slow' | 'window' }>;

export type CloseKind = keyof typeof CLOSE;

/** The close reason, as JSON. `minMs`–`maxMs`: wait a random time between them (full jitter); absent: do not come back. */
export interface CloseAdvice {
  readonly code: string;
  readonly minMs?: number;
  readonly maxMs?: number;
}
