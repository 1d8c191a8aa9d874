import type { Me } from '@foyer/protocol';
import { mayChangeSettings } from '../app/session.ts';
import { t } from '../messages/catalogue.ts';
import type { IconName } from '../ui/icons.tsx';

export const SETTINGS_PAGES = [
  { to: '/settings/general', key: 'general', group: 'workspace', icon: 'settings' },
  { to: '/settings/team', key: 'team', group: 'workspace', icon: 'users' },
  { to: '/settings/visitors', key: 'visitors', group: 'visitors', icon: 'visitors' },
  { to: '/settings/install', key: 'install', group: 'visitors', icon: 'code' },
  { to: '/settings/seen', key: 'seen', group: 'visitors', icon: 'eye' },
] as const satisfies readonly { to: string; key: string; group: string; icon: IconName }[];
export type SettingsPage = (typeof SETTINGS_PAGES)[number];

/** Pages of settings that this member can open: Agents have only *How Foyer sees me*, and a plan without tracking nothing about visitors. */
export const openSettingsPages = (me: Me): readonly SettingsPage[] =>
  SETTINGS_PAGES.filter(
    (page) => (page.key === 'seen' || mayChangeSettings(me)) && (page.group !== 'visitors' || me.workspace.trackingInPlan),
  );

export const settingsPageWord = (page: SettingsPage): string => (page.key === 'seen' ? t.shell.seen : t.settings.pages[page.key]);
