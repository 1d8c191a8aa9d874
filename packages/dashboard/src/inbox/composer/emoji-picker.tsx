import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { currentLocale, t } from '../../messages/catalogue.ts';
import { Icon } from '../../ui/icons.tsx';
import { emojiFor, recentEmoji, rememberEmoji } from './emoji-search.ts';

/** Above the composer: search, then a grid that arrows walk. Picking leaves it open, because one is rarely alone; Esc gives the focus back. */
export function EmojiPicker({ onPick, onClose }: { readonly onPick: (emoji: string) => void; readonly onClose: () => void }) {
  const [words, setWords] = useState('');
  const [recent] = useState(recentEmoji);
  const root = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const groups = emojiFor(words, currentLocale().startsWith('de') ? 'de' : 'en');
  useEffect(() => {
    const before = document.activeElement;
    search.current?.focus();
    const outside = (event: PointerEvent): void => {
      // The button that opened it closes it by itself.
      if (event.target instanceof Node && !root.current?.parentElement?.contains(event.target)) onClose();
    };
    document.addEventListener('pointerdown', outside);
    return () => {
      document.removeEventListener('pointerdown', outside);
      // Picked, it is in the field; closed, it would be nowhere.
      if (before instanceof HTMLElement && before.isConnected && document.activeElement === document.body) before.focus();
    };
  }, [onClose]);
  const pick = (emoji: string): void => {
    rememberEmoji(emoji);
    onPick(emoji);
    onClose();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      return onClose();
    }
    const all = [...(root.current?.querySelectorAll<HTMLElement>('.emoji') ?? [])];
    const at = all.indexOf(document.activeElement as HTMLElement);
    if (event.key === 'Enter' && event.target === search.current) {
      event.preventDefault();
      const first = groups[0]?.emoji[0];
      if (first && words !== '') pick(first.emoji);
      return;
    }
    const next = nextOf(all, at, event.key, getComputedStyle(event.currentTarget).direction === 'rtl');
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
  /** Tab leads to the first of the first group; from there arrows walk. */
  const grid = (title: string, list: readonly { emoji: string; name: string }[], isFirst: boolean) => (
    <section key={title} aria-label={title}>
      <h3>{title}</h3>
      <div className="emoji-grid">
        {list.map(({ emoji, name }, i) => (
          <button
            key={emoji}
            className="emoji"
            type="button"
            tabIndex={isFirst && i === 0 ? 0 : -1}
            aria-label={name}
            title={name}
            onClick={() => pick(emoji)}
          >
            {emoji}
          </button>
        ))}
      </div>
    </section>
  );
  return (
    <div
      className="emoji-picker floating"
      ref={root}
      role="dialog"
      aria-label={t.composer.emojiMenu.label}
      data-testid="emoji-picker"
      onKeyDown={onKeyDown}
    >
      <label className="field">
        <Icon name="search" />
        <input
          ref={search}
          type="search"
          value={words}
          placeholder={t.composer.emojiMenu.search}
          aria-label={t.composer.emojiMenu.search}
          autoComplete="off"
          onChange={(event) => setWords(event.target.value)}
        />
      </label>
      <div className="emoji-scroll">
        {words === '' &&
          recent.length > 0 &&
          grid(
            t.composer.emojiMenu.recent,
            recent.map((emoji) => ({ emoji, name: emoji })),
            true,
          )}
        {groups.map(({ group, emoji }, i) =>
          grid(t.composer.emojiMenu.groups[group], emoji, i === 0 && (words !== '' || recent.length === 0)),
        )}
        {groups.length === 0 && (
          <p className="hint" role="status">
            {t.composer.emojiMenu.none}
          </p>
        )}
      </div>
    </div>
  );
}

/** The one an arrow leads to: left and right in reading order, up and down to what lies nearest in the next row. */
function nextOf(all: readonly HTMLElement[], at: number, key: string, isRtl: boolean): HTMLElement | undefined {
  if (at === -1) return key === 'ArrowDown' ? all[0] : undefined;
  if (key === 'ArrowLeft' || key === 'ArrowRight') return all[at + ((key === 'ArrowRight') === isRtl ? -1 : 1)];
  if (key === 'Home') return all[0];
  if (key === 'End') return all.at(-1);
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return undefined;
  const here = all[at]?.getBoundingClientRect();
  if (!here) return undefined;
  const rows = all
    .map((element) => ({ element, box: element.getBoundingClientRect() }))
    .filter(({ box }) => (key === 'ArrowDown' ? box.top > here.top + 4 : box.top < here.top - 4));
  rows.sort(
    (a, b) =>
      Math.abs(a.box.top - here.top) - Math.abs(b.box.top - here.top) ||
      Math.abs(a.box.left - here.left) - Math.abs(b.box.left - here.left),
  );
  return rows[0]?.element;
}
