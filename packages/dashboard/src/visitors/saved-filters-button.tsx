import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { t } from '../messages/catalogue.ts';
import { Icon } from '../ui/icons.tsx';

const SavedFilters = lazy(() => import('./saved-filters.tsx').then((module) => ({ default: module.SavedFilters })));

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
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [open]);
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <div
      className="saved-root"
      ref={root}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return;
        event.preventDefault();
        event.stopPropagation();
        close();
      }}
    >
      <button
        ref={button}
        className="icon-button"
        type="button"
        aria-label={t.visitors.saved.button}
        title={t.visitors.saved.button}
        aria-haspopup="dialog"
        aria-expanded={open}
        data-testid="saved-filters-button"
        onClick={() => setOpen(!open)}
      >
        <Icon name="bookmark" />
      </button>
      {open && (
        <Suspense fallback={null}>
          <SavedFilters
            filter={filter}
            onApply={(next) => {
              onApply(next);
              close();
            }}
          />
        </Suspense>
      )}
    </div>
  );
}
