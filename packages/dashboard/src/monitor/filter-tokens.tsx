import { t } from '../messages/catalogue.ts';
import { Icon } from '../ui/icons.tsx';
import { filterPieces } from '../words/filter-text.ts';

/** What narrows this page, term by term; each can be taken out. */
export function FilterTokens({
  filter,
  problem,
  onFilter,
}: {
  readonly filter: string;
  /** Why the filter cannot be read; null: it can. */
  readonly problem: string | null;
  readonly onFilter: (filter: string) => void;
}) {
  const pieces = filterPieces(filter);
  return (
    <div className="filter-tokens" role="group" aria-label={t.monitor.filter} data-testid="filter-tokens">
      <Icon name="filter" size="sm" />
      {pieces.map((piece, i) => (
        <span className="token" key={`${i} ${piece}`}>
          <span className="truncate">{piece}</span>
          <button type="button" aria-label={t.monitor.remove(piece)} onClick={() => onFilter(pieces.filter((_, at) => at !== i).join(' '))}>
            <Icon name="x" />
          </button>
        </span>
      ))}
      <button className="button button-ghost button-sm" type="button" onClick={() => onFilter('')}>
        {t.monitor.clear}
      </button>
      {problem && (
        <span className="field-problem" role="alert">
          {problem}
        </span>
      )}
    </div>
  );
}
