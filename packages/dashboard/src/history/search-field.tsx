import { useEffect, useRef, useState } from 'react';
import { isTyping } from '../app/shortcuts.ts';
import { t } from '../messages/catalogue.ts';
import { Icon } from '../ui/icons.tsx';

/** The address follows the typing at this distance: one reading of the list per pause, not one per key. */
const AFTER_MS = 250;

/** What is searched for, as typed; `text` is what the address says. */
export function SearchField({
  text,
  placeholder,
  onText,
  onDown,
}: {
  readonly text: string;
  readonly placeholder: string;
  readonly onText: (text: string) => void;
  /** The arrow key leads from here into the list. */
  readonly onDown: () => void;
}) {
  const [typed, setTyped] = useState(text);
  const [seen, setSeen] = useState(text);
  const sent = useRef(text);
  const input = useRef<HTMLInputElement>(null);
  const tell = useRef(onText);
  tell.current = onText;
  // The address changed under us: back, a sent link, filters cleared.
  if (text !== seen) {
    setSeen(text);
    if (text !== sent.current) {
      sent.current = text;
      setTyped(text);
    }
  }
  useEffect(() => {
    if (typed.trim() === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = typed.trim();
      tell.current(typed.trim());
    }, AFTER_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== '/' || isTyping(event)) return;
      event.preventDefault();
      input.current?.focus();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <div className="field history-search" role="search">
      <Icon name="search" />
      <input
        ref={input}
        type="search"
        aria-label={t.history.search.label}
        aria-keyshortcuts="/"
        placeholder={placeholder}
        autoComplete="off"
        spellCheck={false}
        dir="auto"
        maxLength={200}
        enterKeyHint="search"
        value={typed}
        data-testid="history-search"
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Escape') {
            event.preventDefault();
            event.stopPropagation();
            if (typed === '') input.current?.blur();
            else setTyped('');
          } else if (event.key === 'ArrowDown') {
            event.preventDefault();
            onDown();
          }
        }}
      />
      {typed === '' ? (
        <kbd className="only-wide" aria-hidden="true">
          /
        </kbd>
      ) : (
        <button
          className="icon-button icon-button-sm"
          type="button"
          aria-label={t.history.search.clear}
          onClick={() => {
            setTyped('');
            input.current?.focus();
          }}
        >
          <Icon name="x" size="sm" />
        </button>
      )}
    </div>
  );
}
