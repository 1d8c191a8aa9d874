/**
 * Every bound that both ends must know. Units are in the names.
 * A number that only one side uses lives with that side.
 */
export const LIMITS = {
  /** One visitor frame. A hello with 20 resent pages of 300 B each is 7 kB; 16 kB leaves room for long titles. */
  maxFrameBytes: 16_384,
  /** One console frame: the longest legal filter and a window are under 2 kB. */
  maxConsoleFrameBytes: 8_192,
  urlChars: 2_000,
  titleChars: 300,
  filterChars: 500,
  /** Name of a saved filter. */
  filterNameChars: 60,
  noteChars: 4_000,
  /** Page views a tab keeps until the server says they are stored; the oldest go first. */
  unstoredPages: 20,
  /** Page views shown of one visit; counters go on beyond it. */
  trailPages: 50,
  identityChars: 200,
  dataBytes: 4_096,
  /** Rows before and after the anchor of one window. */
  windowRows: 200,
  /** Views and follows one console may hold open: the fullest screen (a filter typed, a place open, a visitor chosen, tooltip, popup, colleagues) has 11. */
  viewsPerConsole: 16,
  /** Visitors that one view may be of: a page of the history lists. Their ids are 3 kB of a frame. */
  scopeVisitors: 100,
  /** Top pages and referrers in `totals`. */
  topShown: 20,
  /** …taken from this many of each node, so that a merge is right unless the tail is flat. */
  topPerPart: 200,
} as const;

/** Times that both ends, SPEC and tests share. */
export const TIMES = {
  /** After a close or reload a tab still counts as online this long, so neither flickers. */
  graceMs: 5_000,
  /** Activity younger than this is Active (green). */
  activeForMs: 5 * 60_000,
  /** A visit is listed until this long after its last activity, then it is gone and over. */
  listedForMs: 30 * 60_000,
  /** Server ping to a socket, jittered; a peer silent for this plus `pongWithinMs` is dead. */
  pingEveryMs: 20_000,
  pongWithinMs: 10_000,
  /** A tab says "still active" at most this often: minutes are the finest thing shown. */
  activityEveryMs: 15_000,
  /** Resume tokens live as long as a visit is listed. */
  resumeForMs: 30 * 60_000,
  /** A long poll is answered after this at the latest; proxies commonly cut at 30 s. */
  pollHoldMs: 25_000,
} as const;
