/** Wire version of the visitor socket. Raised only by a change that an older tracker cannot read. */
export const VISITOR_PROTOCOL = 1;
/** Oldest tracker still served. Never raise it: snippets live for years on pages nobody edits. */
export const VISITOR_PROTOCOL_FLOOR = 1;
/** Wire version of the console socket. The dashboard ships with the server, so only its own version is served. */
export const CONSOLE_PROTOCOL = 1;
