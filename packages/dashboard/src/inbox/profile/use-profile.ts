import type { Conversation, ConversationProfile, ProfilePage, ReachedGoal } from '@foyer/protocol';
import { useQuery } from '@tanstack/react-query';
import { profileQuery } from '../../api/chat-queries.ts';
import { latestPages, PAGES } from './latest-pages.ts';
import { useFollow, useLastKnown } from '../../visitors/use-followed.ts';

export interface KnownProfile {
  readonly profile: ConversationProfile | undefined;
  readonly failure: unknown;
  readonly again: () => void;
  /** While the visit is listed, what changes in it as it changes. */
  readonly online: boolean;
  /** The latest first. */
  readonly pages: readonly ProfilePage[];
  /** The first of the pages is the one the visitor is on. */
  readonly isThere: boolean;
  /** Place id, as pins have it; '' when it is unknown. */
  readonly place: string;
  readonly lastSeenAt: number;
  /** Of the conversation, and of the visit while it is listed; the latest first. */
  readonly goals: readonly ReachedGoal[];
}

/** What is known of a conversation's visitor: read once for each conversation, then kept by following the visit. */
export function useProfile(conversation: Conversation): KnownProfile {
  const { data: profile, error, refetch } = useQuery(profileQuery(conversation.id));
  const live = useFollow(profile?.visitor || null, false);
  const { detail, gone } = useLastKnown(live);
  const online = gone ? false : (detail?.online ?? profile?.online ?? false);
  return {
    profile,
    failure: error,
    again: () => void refetch(),
    online,
    pages: detail ? latestPages(detail, profile?.pages ?? []) : (profile?.pages.slice(0, PAGES) ?? []),
    isThere: online && detail !== null && detail !== undefined,
    place: detail?.place ?? placeOf(profile),
    lastSeenAt: detail?.lastActivityAt ?? profile?.lastSeenAt ?? 0,
    goals: goalsOf(conversation.goals, detail?.reached ?? []),
  };
}

function goalsOf(ofConversation: readonly ReachedGoal[], ofVisit: readonly ReachedGoal[]): readonly ReachedGoal[] {
  const others = ofVisit.filter(({ goal }) => !ofConversation.some((known) => known.goal === goal));
  return [...ofConversation, ...others].sort((a, b) => b.at - a.at);
}

const placeOf = (profile: ConversationProfile | undefined): string =>
  profile && profile.city !== '' && !profile.approximate ? `${profile.country}|${profile.region}|${profile.city}` : '';
