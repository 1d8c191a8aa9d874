import type { Conversation, InboxEntry, InboxQuery } from '@foyer/protocol';
import type { InboxFilter, InboxTab, SectionKey } from './chat-types.ts';

/** One stretch of the inbox: what is asked of the server, and the same as a question about one conversation. */
export interface SectionSpec {
  readonly key: SectionKey;
  readonly ask: Partial<Omit<InboxQuery, 'limit'>>;
  readonly holds: (conversation: Conversation) => boolean;
  /** Where a conversation stands in it: smaller is further up. */
  readonly rank: (conversation: Conversation) => number;
  /** Of one moment the smaller id goes first, as the server has it: 1; the larger: -1. */
  readonly ids: 1 | -1;
  /** A line read from the server after which none can belong to it. */
  readonly endsAt: (entry: InboxEntry) => boolean;
}
type Spec = Pick<SectionSpec, 'ask' | 'holds'> & Partial<SectionSpec>;

const newestFirst = (conversation: Conversation): number => -conversation.lastMessageAt;
const waitsLongest = (conversation: Conversation): number => conversation.waitingSince;
const never = (): boolean => false;

/** The stretches of each tab, from above. `midnight`: when today began; `self`: user id. */
export function sectionsOf(filter: InboxFilter, q: { readonly self: string; readonly midnight: number }): readonly SectionSpec[] {
  const { tab, ...narrow } = filter;
  const { self, midnight } = q;
  const specs: Record<SectionKey, Spec> = {
    waiting: {
      ask: { status: ['unassigned'], sort: 'waiting' },
      holds: ({ status }) => status === 'unassigned',
      rank: waitsLongest,
      ids: 1,
    },
    open: { ask: { status: ['assigned', 'ai'] }, holds: ({ status }) => status === 'assigned' || status === 'ai' },
    mine: {
      ask: { status: ['assigned', 'invited'], assignee: [self] },
      holds: ({ status, owner }) => (status === 'assigned' || status === 'invited') && owner.id === self,
    },
    ai: { ask: { status: ['ai'] }, holds: ({ status }) => status === 'ai' },
    today: {
      ask: { status: ['resolved'] },
      holds: ({ status, resolvedAt }) => status === 'resolved' && resolvedAt >= midnight,
      // Newest by the last message: whoever was resolved today was mostly spoken to today.
      endsAt: ({ conversation }) => conversation.lastMessageAt < midnight,
    },
    resolved: { ask: { status: ['resolved'] }, holds: ({ status }) => status === 'resolved' },
  };
  const keys: Record<InboxTab, readonly SectionKey[]> = {
    open: ['waiting', 'open', 'today'],
    waiting: ['waiting'],
    mine: ['mine'],
    ai: ['ai'],
    resolved: ['resolved'],
  };
  return keys[tab].map((key) => {
    const spec = specs[key];
    return {
      key,
      ask: { sort: 'newest', ...spec.ask, ...narrowing(narrow, spec) },
      holds: (conversation) => spec.holds(conversation) && fits(conversation, narrow),
      rank: spec.rank ?? newestFirst,
      ids: spec.ids ?? -1,
      endsAt: spec.endsAt ?? never,
    };
  });
}

type Narrow = Omit<InboxFilter, 'tab'>;
function narrowing({ source, assignee, team, tag, site }: Narrow, spec: Spec): SectionSpec['ask'] {
  return {
    ...(source ? { source: [source] } : {}),
    ...(assignee && !spec.ask.assignee ? { assignee: [assignee] } : {}),
    ...(team ? { team } : {}),
    ...(tag ? { tag } : {}),
    ...(site ? { site } : {}),
  };
}
function fits(conversation: Conversation, { source, assignee, team, tag, site }: Narrow): boolean {
  if (source && conversation.source !== source) return false;
  if (team && conversation.team !== team) return false;
  if (tag && !conversation.tags.includes(tag)) return false;
  if (site && conversation.site !== site) return false;
  if (!assignee) return true;
  return assignee === 'none' ? conversation.owner.kind === 'nobody' : conversation.owner.id === assignee;
}
