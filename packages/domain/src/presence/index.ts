export { Deadlines } from './deadlines.ts';
export type { Announcement, Declared, PageSeen, PresenceSink, StoredVisit, TabKey, VisitFacts } from './facts.ts';
export { homeOf } from './homes.ts';
export { Presence } from './presence.ts';
export { SlewedClock } from './slewed-clock.ts';
export { openTabs } from './tabs.ts';
export { CHAT, type ConversationState, isOpen, statusOf } from './status.ts';
