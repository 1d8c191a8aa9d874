import { useCallback, useSyncExternalStore } from 'react';
import { useLateChat } from '../app/late-chat.ts';
import type { VisitorsSearch } from '../app/search.ts';
import type { ViewStore } from '../live/view-store.ts';
import { t } from '../messages/catalogue.ts';
import { number } from '../messages/format.ts';
import { useLeftOut } from './left-out.tsx';
import { useListed } from './use-list.ts';

type Which = VisitorsSearch['list'];

/** Who counts, who writes without being here, and who is left out. */
export function ListTabs({
  site,
  list,
  everybody,
  onChoose,
}: {
  readonly site: string | undefined;
  /** undefined: the visits. */
  readonly list: Which;
  readonly everybody: ViewStore | null;
  readonly onChoose: (list: Which) => void;
}) {
  const words = t.visitors.tabs;
  const tabs = [
    { which: undefined, id: 'visitors', word: words.visitors, hint: words.visitorsHint, count: useListed(everybody) },
    {
      which: 'conversations',
      id: 'conversations',
      word: words.conversations,
      hint: words.conversationsHint,
      count: useElsewhereCount(site),
    },
    { which: 'filtered', id: 'filtered', word: words.leftOut, hint: words.leftOutHint, count: useLeftOut(site).count },
  ] as const;
  return (
    <header className="sidebar-head">
      <div
        className="tabs"
        role="tablist"
        aria-label={words.label}
        onKeyDown={(event) => {
          const step = { ArrowLeft: 2, ArrowRight: 1 }[event.key];
          if (step === undefined) return;
          const next = (tabs.findIndex(({ which }) => which === list) + step) % tabs.length;
          onChoose(tabs[next]?.which);
          event.currentTarget.querySelectorAll<HTMLElement>('[role=tab]')[next]?.focus();
        }}
      >
        {tabs.map(({ which, id, word, hint, count }) => (
          <button
            key={id}
            role="tab"
            type="button"
            aria-selected={list === which}
            tabIndex={list === which ? 0 : -1}
            title={hint}
            aria-controls="visit-list"
            data-testid={`tab-${id}`}
            onClick={() => onChoose(which)}
          >
            {word} <span className="tally">{count === null ? '' : number(count)}</span>
          </button>
        ))}
      </div>
    </header>
  );
}

const never = (): void => {};
/** Active conversations without a visit on the map, as the map's card counts them; null: not known yet. */
function useElsewhereCount(site = ''): number | null {
  const chat = useLateChat();
  return useSyncExternalStore(
    useCallback((run: () => void) => chat?.counts.subscribe(site, run) ?? never, [chat, site]),
    () => chat?.counts.get(site)?.elsewhere ?? null,
  );
}
