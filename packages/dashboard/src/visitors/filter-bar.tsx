import { parseFilter } from '@foyer/domain/rules';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { isTyping } from '../app/shortcuts.ts';
import { Icon } from '../ui/icons.tsx';
import { joinFilter, splitFilter } from '../words/filter-text.ts';

/**
 * The filter: finished terms as tokens, the rest as text.
 * A term becomes a token when a space or Enter ends it; Backspace at the start takes the last one apart again.
 */
export function FilterBar({
  filter,
  onFilter,
  refused,
  busy,
  matches,
  of,
  counting,
  onDown,
}: {
  readonly filter: string;
  readonly onFilter: (filter: string) => void;
  readonly refused: string | null;
  readonly busy: boolean;
  readonly matches: number | null;
  readonly of: number | null;
  readonly counting: boolean;
  readonly onDown: () => void;
}) {
  const [parts, setParts] = useState(() => splitFilter(filter));
  const input = useRef<HTMLInputElement>(null);
  const { tokens, draft } = parts;
  // The address changed under us: back, a sent link, a click on a bar.
  if (joinFilter(tokens, draft) !== filter) setParts(splitFilter(filter));

  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent): void => {
      if (event.key !== '/' || isTyping(event)) return;
      event.preventDefault();
      input.current?.focus();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  const change = (nextTokens: readonly string[], nextDraft: string): void => {
    setParts({ tokens: nextTokens, draft: nextDraft });
    onFilter(joinFilter(nextTokens, nextDraft));
  };
  const type = (text: string): void => {
    const ended = /\s$/.test(text) && splitFilter(text);
    if (ended && ended.tokens.length > 0) change([...tokens, ...ended.tokens], ended.draft);
    else change(tokens, text);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Enter' && draft.trim() !== '') {
      const ended = splitFilter(draft);
      change([...tokens, ...ended.tokens], ended.draft);
    } else if (event.key === 'Backspace' && draft === '' && tokens.length > 0) {
      event.preventDefault();
      change(tokens.slice(0, -1), tokens.at(-1) ?? '');
    } else if (event.key === 'Escape') {
      if (filter === '') input.current?.blur();
      else change([], '');
    } else if (event.key === 'ArrowDown') {
      event.preventDefault();
      onDown();
    }
  };
  const parsed = parseFilter(filter);
  const problem = parsed.ok ? refused : parsed.error.message;
  return (
    <div className="sidebar-filter">
      <div className="field filter-field" role="search" data-busy={busy || undefined}>
        <Icon name="filter" />
        {tokens.map((token, i) => (
          <span className="token" key={`${i} ${token}`}>
            <span className="truncate">{token}</span>
            <button
              type="button"
              aria-label={`Remove ${token}`}
              onClick={() => {
                change(
                  tokens.filter((_, at) => at !== i),
                  draft,
                );
                input.current?.focus();
              }}
            >
              <Icon name="x" />
            </button>
          </span>
        ))}
        <input
          ref={input}
          type="search"
          aria-label="Filter visitors"
          aria-describedby="filter-says"
          aria-keyshortcuts="/"
          aria-invalid={problem ? true : undefined}
          placeholder={tokens.length === 0 ? 'Name, place, page, referrer' : ''}
          autoComplete="off"
          spellCheck={false}
          enterKeyHint="search"
          data-testid="filter-input"
          value={draft}
          onChange={(event) => type(event.target.value)}
          onKeyDown={onKeyDown}
        />
        {filter === '' ? (
          <kbd className="only-wide" aria-hidden="true">
            /
          </kbd>
        ) : (
          <button
            className="icon-button icon-button-sm"
            type="button"
            aria-label="Clear the filter"
            onClick={() => {
              change([], '');
              input.current?.focus();
            }}
          >
            <Icon name="x" size="sm" />
          </button>
        )}
      </div>
      <p className="filter-says" id="filter-says" role="status" data-testid="filter-says" data-problem={problem ? true : undefined}>
        {problem ??
          (filter === '' ? (
            ''
          ) : (
            <>
              <span className="num">{matches === null ? '–' : matches.toLocaleString('en')}</span>
              {of === null ? (
                ' found'
              ) : (
                <>
                  {' '}
                  of <span className="num">{of.toLocaleString('en')}</span>
                </>
              )}
              {counting ? ', counting…' : ''}
            </>
          ))}
      </p>
    </div>
  );
}
