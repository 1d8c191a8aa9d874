import type { Me } from '@foyer/protocol';
import { t } from '../messages/catalogue.ts';
import type { IconName } from '../ui/icons.tsx';
import { mayChangeSettings } from './session.ts';

export interface Section {
  readonly to: '/visitors' | '/monitor' | '/inbox' | '/analytics' | '/playground' | '/settings';
  readonly word: string;
  /** For below an icon, with little room. */
  readonly short: string;
  readonly icon: IconName;
  /** Pressed one after the other. */
  readonly keys: readonly ['G', string];
  /** On a phone it is behind More: five fit. */
  readonly isSecond?: true;
  /** With the number of conversations in which something is new. */
  readonly counts?: 'unread';
}

/** Places of the navigation that this member has: at its top, and at its end. */
export function sectionsOf(me: Me): { readonly top: readonly Section[]; readonly end: readonly Section[] } {
  const { visitors, monitor, monitorShort, inbox, analytics, playground, settings } = t.shell;
  return {
    top: [
      ...(me.workspace.trackingInPlan
        ? [
            { to: '/visitors', word: visitors, short: visitors, icon: 'visitors', keys: ['G', 'V'] } satisfies Section,
            { to: '/monitor', word: monitor, short: monitorShort, icon: 'activity', keys: ['G', 'M'] } satisfies Section,
          ]
        : []),
      { to: '/inbox', word: inbox, short: inbox, icon: 'inbox', keys: ['G', 'I'], counts: 'unread' },
      { to: '/analytics', word: analytics, short: analytics, icon: 'chart', keys: ['G', 'A'] },
      { to: '/playground', word: playground, short: playground, icon: 'flask', keys: ['G', 'P'], isSecond: true },
    ],
    end: mayChangeSettings(me)
      ? [{ to: '/settings', word: settings, short: settings, icon: 'settings', keys: ['G', 'S'], isSecond: true }]
      : [],
  };
}

/** The page whose address has site and filter in it, if it is one. */
export const livePageOf = (path: string): '/visitors' | '/monitor' | undefined =>
  (['/visitors', '/monitor'] as const).find((page) => path === page || path.startsWith(`${page}/`));
