/** What the embed may import at run time: numbers and names, no schemas (a schema library would cost it half its budget). */
export type { CloseAdvice } from './close.ts';
export { LIMITS, TIMES } from './limits.ts';
export { VISITOR_PROTOCOL } from './version.ts';
export type * from './visitor.ts';
