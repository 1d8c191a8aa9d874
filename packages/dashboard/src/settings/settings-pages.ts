import type { Me } from '@foyer/protocol';
import { mayChangeSettings } from '../app/session.ts';
import { t } from '../messages/catalogue.ts';
import type { IconName } from '../ui/icons.tsx';

export const SETTINGS_PAGES = [
  { to: '/settings/general', key: 'general', group: 'workspace', icon: 'settings' },
  { to: '/settings/team', key: 'team', group: 'workspace', icon: 'users' },
  { to: '/settings/visitors', key: 'visitors', group: 'visitors', icon: 'visitors' },
  { to: '/settings/contexts', key: 'contexts', group: 'visitors', icon: 'tag' },
  { to: '/settings/goals', key: 'goals', group: 'visitors', icon: 'goal' },
  { to: '/settings/blocks', key: 'blocks', group: 'visitors', icon: 'ban' },
  { to: '/settings/install', key: 'install', group: 'visitors', icon: 'code' },
  { to: '/settings/seen', key: 'seen', group: 'visitors', icon: 'eye' },
  { to: '/settings/widget', key: 'widget', group: 'chat', icon: 'chat' },
  { to: '/settings/conversations', key: 'conversations', group: 'chat', icon: 'inbox' },
  { to: '/settings/hours', key: 'hours', group: 'chat', icon: 'clock' },
  { to: '/settings/teams', key: 'teams', group: 'chat', icon: 'users' },
  { to: '/settings/canned', key: 'canned', group: 'chat', icon: 'note' },
  { to: '/settings/mail', key: 'mail', group: 'chat', icon: 'send' },
  { to: '/settings/alerts', key: 'alerts', group: 'chat', icon: 'bell' },
] as const satisfies readonly { to: string; key: string; group: string; icon: IconName }[];
export type SettingsPage = (typeof SETTINGS_PAGES)[number];

/** How Foyer sees me, alerts and canned replies, of which agents have their own, and blocks, which they may make and take back. */
const OF_AGENTS: readonly string[] = ['seen', 'canned', 'blocks', 'alerts'];

/** Pages of settings that this member can open: Agents have what is their own, and a plan without tracking nothing about visitors. */
export const openSettingsPages = (me: Me): readonly SettingsPage[] =>
  SETTINGS_PAGES.filter(
    (page) => (OF_AGENTS.includes(page.key) || mayChangeSettings(me)) && (page.group !== 'visitors' || me.workspace.trackingInPlan),
  );

export const settingsPageWord = (page: SettingsPage): string => (page.key === 'seen' ? t.shell.seen : t.settings.pages[page.key]);
