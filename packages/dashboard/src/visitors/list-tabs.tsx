import { useLeftOut } from './left-out.tsx';

/** Who counts, and who is left out. */
export function ListTabs({
  site,
  filtered,
  listed,
  onChoose,
}: {
  readonly site: string | undefined;
  readonly filtered: boolean;
  readonly listed: number | null;
  readonly onChoose: (filtered: boolean) => void;
}) {
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
      {word} <span className="tally">{count === null ? '' : count.toLocaleString('en')}</span>
    </button>
  );
  return (
    <header className="sidebar-head">
      <div
        className="tabs"
        role="tablist"
        aria-label="Which visits"
        onKeyDown={(event) => {
          if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
          onChoose(!filtered);
          const other = event.currentTarget.querySelector<HTMLElement>('[aria-selected="false"]');
          other?.focus();
        }}
      >
        {tab(false, 'Visitors', listed, 'Online now, or left within 30 minutes of their last activity')}
        {tab(true, 'Left out', leftOut, 'Bots, automated browsers and your own team: never counted, listed here with the reason')}
      </div>
    </header>
  );
}
