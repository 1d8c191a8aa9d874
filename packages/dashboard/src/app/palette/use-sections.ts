import type { Row } from '@foyer/protocol';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState, useSyncExternalStore } from 'react';
import { t } from '../../messages/catalogue.ts';
import { number } from '../../messages/format.ts';
import { chooseLanguage, currentLanguage } from '../../messages/language.ts';
import { copyText } from '../../ui/copy-text.ts';
import { currentTheme, setTheme, subscribeTheme } from '../../ui/theme.ts';
import { showToast } from '../../ui/toast.tsx';
import { savedFiltersQuery } from '../query-client.ts';
import { livePageOf } from '../sections.ts';
import { useMe } from '../session.ts';
import { type Command, type CommandActions, commandsOf, groupsOf } from './commands.ts';
import { useOffered } from './offered.ts';
import { keepRecent, readRecent } from './recent.ts';
import { useFoundVisitors } from './use-found-visitors.ts';

export interface Line {
  readonly id: string;
  readonly run: () => void;
  readonly shows: Pick<Command, 'icon' | 'label' | 'hint' | 'keys' | 'checked'> | Row;
}
export interface PaletteSection {
  readonly label: string;
  readonly lines: readonly Line[];
}

/** What the palette offers for a query: commands, visitors who are here, and the query as a filter. */
export function useSections(
  query: string,
  q: { readonly path: string; readonly onHelp: () => void; readonly onSignOut: () => void },
): { readonly sections: readonly PaletteSection[]; readonly isPending: boolean } {
  const me = useMe();
  const navigate = useNavigate();
  const site = useSearch({ strict: false, select: (search) => search.site });
  const theme = useSyncExternalStore(subscribeTheme, currentTheme);
  const { data: filters = [] } = useQuery({ ...savedFiltersQuery, enabled: me.workspace.trackingInPlan });
  const [recent] = useState(() => readRecent());
  const typed = query.trim();
  const isLive = me.workspace.trackingInPlan && me.settings.tracking;
  const found = useFoundVisitors(typed, isLive);

  // A page with a filter in its address keeps its place; from anywhere else it is the map.
  const livePage = livePageOf(q.path) ?? '/visitors';
  const act: CommandActions = {
    goTo: (to) => void navigate({ to }),
    showSite: (next) => void navigate({ to: livePage, search: (old) => ({ ...old, site: next, visitor: undefined }) }),
    runFilter: (filter) => void navigate({ to: livePage, search: { site, filter } }),
    setTheme,
    setLanguage: chooseLanguage,
    copyLink: () => void copyText(location.href).then((done) => showToast({ text: done ? t.shell.linkCopied : t.shell.linkNotCopied })),
    showShortcuts: q.onHelp,
    signOut: q.onSignOut,
  };
  const offered = useOffered();
  const commands = [...offered, ...commandsOf({ me, site, filters, theme, language: currentLanguage(), act })];
  const sections: PaletteSection[] = groupsOf(commands, typed, recent).map((group) => ({
    label: t.palette.groups[group.key],
    lines: group.commands.map((command) => ({
      id: `${group.key} ${command.id}`,
      shows: command,
      run: () => {
        keepRecent(command.id);
        command.run();
      },
    })),
  }));
  if (typed !== '' && isLive) {
    sections.push({
      label: t.palette.groups.visitors,
      lines: [
        ...found.rows.map((row) => ({
          id: `visitor ${row.visitor}`,
          shows: row,
          run: () => void navigate({ to: '/visitors', search: { site: row.site === site ? site : undefined, visitor: row.visitor } }),
        })),
        {
          id: 'filter',
          shows: {
            icon: 'filter',
            label: t.palette.runFilter(typed),
            ...(found.isPending ? {} : { hint: t.palette.matches(found.total, number(found.total)) }),
          },
          run: () => act.runFilter(typed),
        },
      ],
    });
  }
  return { sections, isPending: found.isPending };
}
