/** Bounds and times of chat that both ends, SPEC and tests share. Units are in the names. */
export const CHAT_LIMITS = {
  /** One text, in UTF-8: some 1,300 words. Longer is a document and goes as an attachment. */
  textBytes: 8_192,
  /** A text of 8 kB that JSON must escape in part, or a full form; the rest of the socket's frames keep their own bound. */
  maxFrameBytes: 32_768,
  buttons: 10,
  buttonChars: 80,
  formFields: 20,
  fieldChars: 1_000,
  choices: 30,
  filesPerMessage: 10,
  fileBytes: 10 * 1_024 * 1_024,
  fileNameChars: 200,
  mentions: 20,
  tags: 20,
  tagChars: 40,
  commentChars: 2_000,
  previewChars: 300,
  /** Messages of one answer to a gap, and of one page of a transcript. */
  pageMessages: 100,
  /** Conversations of one page of the inbox. */
  pageConversations: 50,
  /** Messages a client keeps and resends until each is acknowledged; beyond it, it says so and takes no more. */
  unacknowledged: 100,
  capacity: 100,
} as const;

export const CHAT_TIMES = {
  /** A visitor's message reopens a resolved conversation this long; later it begins a new one. Default of a setting. */
  reopenForMs: 24 * 3_600_000,
  /** The sender can take back what was just sent. */
  undoForMs: 10_000,
  /** An agent is away this long after the last console closed: a reload or a short tunnel is no absence. */
  awayAfterMs: 60_000,
  /** … and offline after this. */
  offlineAfterMs: 30 * 60_000,
  /** Chats in which somebody waits leave an agent who is away for this long. Default of a setting. */
  requeueAfterMs: 2 * 60_000,
  /** The badge of a resolved conversation stays on its visit. Default of the setting `resolvedHoldMs`. */
  resolvedHoldMs: 5 * 60_000,
  /** A typing signal holds this long unless it is repeated. */
  typingForMs: 6_000,
  /** Both ends compare heads at least this often. */
  headsEveryMs: 5_000,
} as const;
