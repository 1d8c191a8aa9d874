import {
  type Block,
  type FilterBody,
  type FilteredReport,
  type FilterPatch,
  INVITE_HEADER,
  type Install,
  type Invitation,
  type InviteState,
  type Me,
  type Member,
  type NewInvitation,
  type Note,
  type PastVisit,
  type Place,
  type Role,
  type SavedFilter,
  type Seen,
  type Settings,
  type SettingsPatch,
  type SetupState,
  type Site,
} from '@foyer/protocol';
import { ApiFailure, request } from './request.ts';
import type { SaidByPage } from './said-by-page.ts';

/** The REST calls of the dashboard, by what they are for. All throw `ApiFailure`. */
export const api = {
  me: () => request<Me>('/me'),
  login: (body: { email: string; password: string }) => request<Me>('/login', { method: 'POST', body }),
  logout: () => request<unknown>('/logout', { method: 'POST', body: {} }),
  setupState: () => request<SetupState>('/setup'),
  setup: (body: {
    token: string;
    workspace: string;
    name: string;
    email: string;
    password: string;
    timeZone: string;
    site: { name: string; domain: string };
  }) => request<Me>('/setup', { method: 'POST', body }),
  invite: (token: string) => request<InviteState>('/invite', { headers: { [INVITE_HEADER]: token } }),
  acceptInvite: (body: { token: string; name: string; email: string; password: string }) =>
    request<Me>('/invite', { method: 'POST', body }),

  saveSettings: (patch: SettingsPatch) => request<Settings>('/settings', { method: 'PATCH', body: patch }),
  addSite: (body: { name: string; domain: string }) => request<Site>('/sites', { method: 'POST', body }),
  saveSite: (id: string, patch: Partial<Pick<Site, 'name' | 'domain' | 'origins' | 'params' | 'hashRouting' | 'countAutomated'>>) =>
    request<Site>(`/sites/${encodeURIComponent(id)}`, { method: 'PATCH', body: patch }),
  install: (site: string) => request<Install>(`/sites/${encodeURIComponent(site)}/install`),
  allowOrigin: (site: string, origin: string) =>
    request<unknown>(`/sites/${encodeURIComponent(site)}/origins`, { method: 'POST', body: { origin } }),

  team: () => request<Member[]>('/team'),
  setRole: (user: string, role: Role) => request<unknown>(`/team/${encodeURIComponent(user)}`, { method: 'PATCH', body: { role } }),
  removeMember: (user: string) => request<unknown>(`/team/${encodeURIComponent(user)}`, { method: 'DELETE' }),
  invitations: () => request<Invitation[]>('/invitations'),
  addInvitation: (body: { role: 'admin' | 'agent'; email?: string }) => request<NewInvitation>('/invitations', { method: 'POST', body }),
  removeInvitation: (id: string) => request<unknown>(`/invitations/${encodeURIComponent(id)}`, { method: 'DELETE' }),

  savedFilters: () => request<SavedFilter[]>('/filters'),
  addFilter: (body: FilterBody) => request<SavedFilter>('/filters', { method: 'POST', body }),
  saveFilter: (id: string, patch: FilterPatch) =>
    request<SavedFilter>(`/filters/${encodeURIComponent(id)}`, { method: 'PATCH', body: patch }),
  removeFilter: (id: string) => request<unknown>(`/filters/${encodeURIComponent(id)}`, { method: 'DELETE' }),

  /** Visits that history has, newest first, the running one too. */
  pastVisits: (visitor: string) => request<PastVisit[]>(`/visitors/${encodeURIComponent(visitor)}/visits`),
  /** Newest first, by the visitor's id. */
  notes: (visitor: string) => request<Note[]>(`/visitors/${encodeURIComponent(visitor)}/notes`),
  addNote: (visitor: string, text: string) =>
    request<Note>(`/visitors/${encodeURIComponent(visitor)}/notes`, { method: 'POST', body: { text } }),
  removeNote: (visitor: string, id: string) =>
    request<unknown>(`/visitors/${encodeURIComponent(visitor)}/notes/${encodeURIComponent(id)}`, { method: 'DELETE' }),

  /** `id`: of a listed visit, or its visitor's; a visitor may be gone already. To undo: `unblock` with the id that is answered. */
  block: (id: string, body: { what?: 'address' | 'visitor'; forMs?: number; note?: string } = {}) =>
    request<Block>(`/visitors/${encodeURIComponent(id)}/block`, { method: 'POST', body }),
  /** An address or a CIDR range. */
  blockRange: (body: { range: string; forMs?: number; note?: string }) => request<Block>('/blocks', { method: 'POST', body }),
  /** All that hold, newest first. */
  blocks: () => request<Block[]>('/blocks?limit=1000'),
  unblock: (block: string) => request<unknown>(`/blocks/${encodeURIComponent(block)}`, { method: 'DELETE' }),
  /** Blocks that hold for a listed visit, by its address or visitor; of one who is gone, by the visitor's id. */
  blocksOf: (id: string) => request<Block[]>(`/visitors/${encodeURIComponent(id)}/blocks`),

  /** `said`: what the page itself says, as the tracker would say it. `site`: seen by that site, else by the oldest. */
  seen: (said: SaidByPage, site?: string) => request<Seen>(`/seen?${new URLSearchParams(given({ ...said, site }))}`),
  filteredReport: (q: { site?: string; rule?: string; before?: string; limit?: number }) =>
    request<FilteredReport>(`/filtered?${new URLSearchParams(given(q))}`),

  /** null: that epoch is over. */
  places: (epoch: string, from: number) =>
    request<{ places: Place[] }>(`/places?${new URLSearchParams({ epoch, from: String(from) })}`).then(
      (answer) => answer.places,
      (failure: unknown) => {
        if (failure instanceof ApiFailure && failure.status !== 0 && failure.status < 500) return null;
        throw failure;
      },
    ),
};

const given = (q: Readonly<Record<string, string | number | boolean | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(q).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])));
