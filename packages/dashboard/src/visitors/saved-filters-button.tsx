import { useEffect, useRef, useState } from 'react';
import { t, withTexts } from '../messages/catalogue.ts';
import { Icon } from '../ui/icons.tsx';
import { late } from '../ui/late.tsx';

const SavedFilters = late(withTexts(['visit'], () => import('./saved-filters.tsx').then((module) => module.SavedFilters)));
export const preloadSavedFilters = SavedFilters.preload;

/** The bookmark beside the filter. What it opens is loaded with the first click. */
export function SavedFiltersButton({ filter, onApply }: { readonly filter: string; readonly onApply: (filter: string) => void }) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) return;
    const outside = (event: PointerEvent): void => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented) return;
      event.preventDefault();
      setOpen(false);
      button.current?.focus();
    };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('keydown', onKey);
    };
  }, [open]);
  return (
    <div className="saved-root" ref={root}>
      <button
        ref={button}
        className="icon-button"
        type="button"
        aria-label={t.visitors.savedButton}
        title={t.visitors.savedButton}
        aria-haspopup="dialog"
        aria-expanded={open}
        data-testid="saved-filters-button"
        onClick={() => setOpen(!open)}
      >
        <Icon name="bookmark" />
      </button>
      {open && (
        <SavedFilters
          filter={filter}
          onApply={(next) => {
            onApply(next);
            setOpen(false);
            button.current?.focus();
          }}
        />
      )}
    </div>
  );
}
