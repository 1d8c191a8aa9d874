import type { ViewStore } from '../live/view-store.ts';
import { t } from '../messages/catalogue.ts';
import { number } from '../messages/format.ts';
import { useLeftOut } from './left-out.tsx';
import { useListed } from './use-list.ts';

/** Who counts, and who is left out. */
export function ListTabs({
  site,
  filtered,
  everybody,
  onChoose,
}: {
  readonly site: string | undefined;
  readonly filtered: boolean;
  readonly everybody: ViewStore | null;
  readonly onChoose: (filtered: boolean) => void;
}) {
  const listed = useListed(everybody);
  const leftOut = useLeftOut(site).count;
  const tab = (isFiltered: boolean, word: string, count: number | null, hint: string) => (
    <button
      role="tab"
      type="button"
      aria-selected={filtered === isFiltered}
      tabIndex={filtered === isFiltered ? 0 : -1}
      title={hint}
      aria-controls="visit-list"
      data-testid={isFiltered ? 'tab-filtered' : 'tab-visitors'}
      onClick={() => onChoose(isFiltered)}
    >
      {word} <span className="tally">{count === null ? '' : number(count)}</span>
    </button>
  );
  return (
    <header className="sidebar-head">
      <div
        className="tabs"
        role="tablist"
        aria-label={t.visitors.tabs.label}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
          onChoose(!filtered);
          const other = event.currentTarget.querySelector<HTMLElement>('[aria-selected="false"]');
          other?.focus();
        }}
      >
        {tab(false, t.visitors.tabs.visitors, listed, t.visitors.tabs.visitorsHint)}
        {tab(true, t.visitors.tabs.leftOut, leftOut, t.visitors.tabs.leftOutHint)}
      </div>
    </header>
  );
}
