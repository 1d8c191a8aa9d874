import {
  INVITE_HEADER,
  type Install,
  type Invitation,
  type InviteState,
  type Me,
  type Member,
  type NewInvitation,
  type Place,
  type Role,
  type Settings,
  type SettingsPatch,
  type SetupState,
  type Site,
} from '@foyer/protocol';
import { ApiFailure, request } from './request.ts';

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
