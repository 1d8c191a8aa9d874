import type { Me, SavedFilter } from '@foyer/protocol';
import { t } from '../../messages/catalogue.ts';
import { LANGUAGE_NAMES, LANGUAGES, type Language } from '../../messages/language.ts';
import { openSettingsPages, settingsPageWord } from '../../settings/settings-pages.ts';
import type { IconName } from '../../ui/icons.tsx';
import { type Theme, THEME_ICONS, THEMES } from '../../ui/theme.ts';
import { type Section, sectionsOf } from '../sections.ts';
import { match } from './find.ts';

export type GroupKey = 'conversation' | 'recent' | 'pages' | 'sites' | 'settings' | 'filters' | 'themes' | 'languages' | 'actions';

export interface Command {
  /** Stable, so that it can be remembered as recent. */
  readonly id: string;
  readonly group: GroupKey;
  readonly icon: IconName;
  readonly label: string;
  readonly hint?: string;
  readonly keys?: readonly string[];
  /** What else it is found by. */
  readonly words?: readonly string[];
  /** true: in force already. */
  readonly checked?: boolean;
  readonly run: () => void;
}

export interface CommandActions {
  goTo(page: Section['to'] | ReturnType<typeof openSettingsPages>[number]['to']): void;
  showSite(site: string | undefined): void;
  runFilter(filter: string): void;
  setTheme(theme: Theme): void;
  setLanguage(language: Language): void;
  copyLink(): void;
  showShortcuts(): void;
  signOut(): void;
}

/** Everything that can be reached, in the order in which it is shown before anything is typed. */
export function commandsOf(q: {
  readonly me: Me;
  readonly site: string | undefined;
  readonly filters: readonly SavedFilter[];
  readonly theme: Theme;
  readonly language: Language;
  readonly act: CommandActions;
}): readonly Command[] {
  const { me, act } = q;
  const p = t.palette;
  const { top, end } = sectionsOf(me);
  const isTracked = me.workspace.trackingInPlan;
  return [
    ...[...top, ...end].map((section): Command => ({
      id: `page ${section.to}`,
      group: 'pages',
      icon: section.icon,
      label: section.word,
      keys: section.keys,
      words: [p.goTo],
      run: () => act.goTo(section.to),
    })),
    ...(isTracked && me.sites.length > 1
      ? [
          {
            id: 'site',
            group: 'sites',
            icon: 'globe',
            label: t.shell.allSites,
            words: [p.site],
            checked: q.site === undefined,
            run: () => act.showSite(undefined),
          } satisfies Command,
          ...me.sites.map((site): Command => ({
            id: `site ${site.id}`,
            group: 'sites',
            icon: 'globe',
            label: site.name,
            hint: site.domain,
            words: [site.domain, p.site],
            checked: q.site === site.id,
            run: () => act.showSite(site.id),
          })),
        ]
      : []),
    ...(isTracked ? q.filters : []).map((filter): Command => ({
      id: `filter ${filter.id}`,
      group: 'filters',
      icon: 'bookmark',
      label: filter.name,
      hint: filter.filter,
      words: [filter.filter, p.filter],
      run: () => act.runFilter(filter.filter),
    })),
    ...openSettingsPages(me).map((page): Command => ({
      id: `settings ${page.key}`,
      group: 'settings',
      icon: page.icon,
      label: settingsPageWord(page),
      words: [t.settings.title, p.more[page.key]],
      run: () => act.goTo(page.to),
    })),
    ...THEMES.map((theme): Command => ({
      id: `theme ${theme}`,
      group: 'themes',
      icon: THEME_ICONS[theme],
      label: t.words.themes[theme],
      words: [t.shell.theme],
      checked: q.theme === theme,
      run: () => act.setTheme(theme),
    })),
    ...LANGUAGES.map((language): Command => ({
      id: `language ${language}`,
      group: 'languages',
      icon: 'language',
      label: LANGUAGE_NAMES[language],
      words: [t.shell.language],
      checked: q.language === language,
      run: () => act.setLanguage(language),
    })),
    { id: 'copy', group: 'actions', icon: 'link', label: p.copyLink, words: [p.copyLinkMore], run: act.copyLink },
    { id: 'shortcuts', group: 'actions', icon: 'keyboard', label: t.shell.shortcuts, keys: ['?'], words: [p.help], run: act.showShortcuts },
    { id: 'out', group: 'actions', icon: 'signout', label: t.shell.signOut, words: [p.signOutMore], run: act.signOut },
  ];
}

export interface Group {
  readonly key: GroupKey;
  readonly commands: readonly Command[];
}
/** So many of the best are shown for a query: more would be a list to read instead of an answer. */
const FOUND_MOST = 8;

/** Groups to show: without a query all, the recent first; with one the best matches, the group of the best on top. */
export function groupsOf(commands: readonly Command[], query: string, recent: readonly string[]): readonly Group[] {
  if (query.trim() === '') {
    const again = recent.flatMap((id) => commands.filter((command) => command.id === id && !command.checked));
    const rest = commands.filter((command) => !again.includes(command));
    return [{ key: 'recent' as const, commands: again }, ...gathered(rest)].filter((group) => group.commands.length > 0);
  }
  const found = commands
    .map((command) => ({ command, score: match(query, command.label, command.words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, FOUND_MOST);
  return gathered(found.map(({ command }) => command));
}

/** By group, in the order in which the groups are met. */
function gathered(commands: readonly Command[]): readonly Group[] {
  const groups = new Map<GroupKey, Command[]>();
  for (const command of commands) groups.set(command.group, [...(groups.get(command.group) ?? []), command]);
  return [...groups].map(([key, list]) => ({ key, commands: list }));
}
