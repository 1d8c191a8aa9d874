/**
 * Queries around conversations. Keys begin with what a `changed` frame invalidates: 'chat' (canned replies, teams, agents, settings),
 * 'look', 'blocks'; what goes with the stream of changes ('conversations') is the inbox's own to keep fresh.
 */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from './foyer-api.ts';
import { chatApi } from './chat-api.ts';

export const cannedRepliesQuery = queryOptions({ queryKey: ['chat', 'canned'], queryFn: chatApi.cannedReplies });
export const chatTeamsQuery = queryOptions({ queryKey: ['chat', 'teams'], queryFn: chatApi.teams });
export const chatSettingsQuery = queryOptions({ queryKey: ['chat', 'settings'], queryFn: chatApi.settings });
/** Load and availability move with every chat, so each look asks anew. */
export const chatAgentsQuery = queryOptions({ queryKey: ['chat', 'agents'], queryFn: chatApi.agents, staleTime: 0 });
export const lookQuery = (site: string) => queryOptions({ queryKey: ['look', site], queryFn: () => chatApi.look(site) });
export const blocksQuery = queryOptions({ queryKey: ['blocks'], queryFn: () => api.blocks() });

export const profileQuery = (conversation: string) =>
  queryOptions({ queryKey: ['conversations', 'profile', conversation], queryFn: () => chatApi.profile(conversation), staleTime: 0 });
/** A page at a time. */
export const chatSearchQuery = (text: string) =>
  infiniteQueryOptions({
    queryKey: ['conversations', 'search', text],
    queryFn: ({ pageParam, signal }) => chatApi.search({ text, ...(pageParam === '' ? {} : { after: pageParam }) }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    enabled: text !== '',
    staleTime: 0,
  });

export const alertsQuery = queryOptions({ queryKey: ['alerts'], queryFn: chatApi.alerts });
export const pushDevicesQuery = queryOptions({ queryKey: ['push', 'devices'], queryFn: chatApi.pushDevices });
export const mailQuery = queryOptions({ queryKey: ['mail'], queryFn: chatApi.mail, staleTime: 0 });
