import type { ConversationProfile, Conversation, Me } from '@foyer/protocol';
import { countryName } from '../../words/names.ts';
import type { Variables } from './canned.ts';

/** Names of every variable but `data.…`, in the order in which they are offered. */
export const VARIABLE_NAMES = [
  'visitor.first_name',
  'visitor.name',
  'visitor.email',
  'visitor.city',
  'visitor.country',
  'agent.first_name',
  'agent.name',
  'workspace.name',
  'site.name',
  'page.title',
  'page.url',
] as const;
export type VariableName = (typeof VARIABLE_NAMES)[number];

const firstName = (name: string): string => name.trim().split(/\s+/)[0] ?? '';

/** What canned replies say in this conversation. Without a profile (it is on its way) what comes of it is not known yet. */
export function variablesOf(q: {
  readonly conversation: Conversation;
  readonly profile: ConversationProfile | undefined;
  readonly me: Me;
}): Variables {
  const { conversation, profile, me } = q;
  const { contact } = profile ?? conversation;
  const page = profile?.pages[0];
  const known: Record<VariableName, string> = {
    'visitor.name': contact.name,
    'visitor.first_name': firstName(contact.name),
    'visitor.email': contact.email,
    'visitor.city': profile?.city ?? '',
    'visitor.country': profile ? countryName(profile.country) : '',
    'agent.name': me.user.name,
    'agent.first_name': firstName(me.user.name),
    'workspace.name': me.workspace.name,
    'site.name': me.sites.find((site) => site.id === conversation.site)?.name ?? '',
    'page.title': page?.title ?? '',
    'page.url': page?.url ?? '',
  };
  const data = Object.entries(profile?.data ?? {}).map(([name, value]) => [`data.${name}`, value === null ? '' : String(value)]);
  return { ...known, ...Object.fromEntries(data) };
}
