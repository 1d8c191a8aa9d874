import { parseFilter } from '@foyer/domain/rules';
import { LIMITS } from '@foyer/protocol';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { isTyping } from '../app/shortcuts.ts';
import { t, withTexts } from '../messages/catalogue.ts';
import { number } from '../messages/format.ts';
import { Icon } from '../ui/icons.tsx';
import { late } from '../ui/late.tsx';
import { joinFilter, splitFilter } from '../words/filter-text.ts';
import { withLastWord } from '../words/last-word.ts';
import type { Suggestion } from './suggest.ts';
import type { SuggestSource } from './suggestions.tsx';

/** A filter is typed as well without them. */
const Suggestions = late(
  withTexts(['visit'], () => import('./suggestions.tsx').then((module) => module.Suggestions)),
  { failed: () => null },
);
export const preloadSuggestions = Suggestions.preload;

/**
 * The filter: finished terms as tokens, the rest as text, and under it what the text may become (a combobox with a list).
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
  source,
  onDown,
  children,
}: {
  readonly filter: string;
  readonly onFilter: (filter: string) => void;
  readonly refused: string | null;
  readonly busy: boolean;
  readonly matches: number | null;
  readonly of: number | null;
  readonly counting: boolean;
  readonly source: SuggestSource;
  readonly onDown: () => void;
  /** Beside the field. */
  readonly children?: ReactNode;
}) {
  const [parts, setParts] = useState(() => splitFilter(filter));
  const [open, setOpen] = useState(false);
  const [options, setOptions] = useState<readonly Suggestion[]>([]);
  const [active, setActive] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  const { tokens, draft } = parts;
  // The address changed under us: back, a sent link, a saved filter.
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
    setActive(-1);
    onFilter(joinFilter(nextTokens, nextDraft));
  };
  const type = (text: string): void => {
    setOpen(true);
    const ended = /\s$/.test(text) && splitFilter(text);
    if (ended && ended.tokens.length > 0) change([...tokens, ...ended.tokens], ended.draft);
    else change(tokens, text);
  };
  const finish = (text: string): void => {
    const ended = splitFilter(text);
    change([...tokens, ...ended.tokens], ended.draft);
  };
  const pick = (option: Suggestion): void => {
    const next = withLastWord(draft, option.insert);
    if (option.kind === 'field') change(tokens, next);
    else {
      finish(next);
      setOpen(false);
    }
    input.current?.focus();
  };
  const isOpen = open && options.length > 0;
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing || event.isDefaultPrevented()) return;
    const chosen = isOpen ? options[active] : undefined;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (isOpen) setActive(((active + (event.key === 'ArrowDown' ? 1 : -1) + options.length + 1 + 1) % (options.length + 1)) - 1);
      else if (event.key === 'ArrowDown') onDown();
    } else if ((event.key === 'Enter' || event.key === 'Tab') && chosen) {
      event.preventDefault();
      pick(chosen);
    } else if (event.key === 'Enter') {
      setOpen(false);
      if (draft.trim() !== '') finish(draft);
    } else if (event.key === 'Backspace' && draft === '' && tokens.length > 0) {
      event.preventDefault();
      change(tokens.slice(0, -1), tokens.at(-1) ?? '');
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      if (isOpen) setOpen(false);
      else if (filter === '') input.current?.blur();
      else change([], '');
    }
  };
  const parsed = parseFilter(filter);
  const problem = parsed.ok ? refused : t.words.filterTooLong(LIMITS.filterChars, filter.length);
  return (
    <div className="sidebar-filter">
      <div className="filter-line">
        <div className="field filter-field" role="search" data-busy={busy || undefined} data-terms={tokens.length > 0 || undefined}>
          <Icon name="filter" />
          <div className="filter-terms">
            {tokens.map((token, i) => (
              <span className="token" key={`${i} ${token}`} title={token}>
                <bdi className="truncate">{token}</bdi>
                <button
                  type="button"
                  aria-label={t.visitors.filter.remove(token)}
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
              role="combobox"
              aria-label={t.visitors.filter.label}
              aria-describedby="filter-says"
              aria-keyshortcuts="/"
              aria-invalid={problem ? true : undefined}
              aria-expanded={isOpen}
              aria-controls={isOpen ? id : undefined}
              aria-autocomplete="list"
              aria-activedescendant={isOpen && active >= 0 ? `${id}-${active}` : undefined}
              placeholder={tokens.length === 0 ? t.visitors.filter.placeholder : ''}
              autoComplete="off"
              spellCheck={false}
              enterKeyHint="search"
              data-testid="filter-input"
              value={draft}
              onFocus={() => void preloadSuggestions()}
              onBlur={() => setOpen(false)}
              onClick={() => setOpen(true)}
              onChange={(event) => type(event.target.value)}
              onKeyDown={onKeyDown}
            />
          </div>
          {filter === '' ? (
            <kbd className="only-wide" aria-hidden="true">
              /
            </kbd>
          ) : (
            <button
              className="icon-button icon-button-sm"
              type="button"
              aria-label={t.visitors.filter.clear}
              onClick={() => {
                change([], '');
                input.current?.focus();
              }}
            >
              <Icon name="x" size="sm" />
            </button>
          )}
        </div>
        {children}
        {open && <Suggestions id={id} draft={draft} active={active} source={source} onOptions={setOptions} onPick={pick} />}
      </div>
      <p className="filter-says" id="filter-says" role="status" data-testid="filter-says" data-problem={problem ? true : undefined}>
        {problem ?? says({ filter, matches, of, counting })}
      </p>
    </div>
  );
}

function says(q: { filter: string; matches: number | null; of: number | null; counting: boolean }): string {
  if (q.filter === '') return '';
  const n = q.matches === null ? '–' : number(q.matches);
  const found = q.of === null ? t.visitors.filter.found(n) : t.visitors.filter.ofAll(n, number(q.of));
  return q.counting ? found + t.visitors.filter.counting : found;
}
