/** What the embed may import at run time: numbers and names, no schemas (a schema library would cost it half its budget). */
export { CHAT_LIMITS, CHAT_TIMES } from './chat-limits.ts';
export type * from './chat.ts';
export type * from './chat-settings-rest.ts';
export type * from './chat-visitor.ts';
export type { CloseAdvice } from './close.ts';
export { LIMITS, TIMES } from './limits.ts';
export { VISITOR_PROTOCOL } from './version.ts';
export type * from './visitor.ts';
