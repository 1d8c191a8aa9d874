import type { Sort } from '@foyer/protocol';
import { type DragEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { t } from '../../messages/catalogue.ts';
import { Icon } from '../../ui/icons.tsx';
import { type Column, COLUMNS, moved, SHOWN_AT_FIRST } from './columns.ts';
import { TableIcon } from './table-icon.tsx';

/** Which columns are shown, and in which order: by a click, by dragging, and by keys. */
export function ColumnMenu({
  columns,
  onColumns,
}: {
  readonly columns: readonly Column[];
  readonly onColumns: (columns: readonly Column[]) => void;
}) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const dragged = useRef<Sort | null>(null);
  useEffect(() => {
    if (!open) return;
    // It may reach below the end of the page as far as that is scrolled.
    root.current?.querySelector('[role=dialog]')?.scrollIntoView({ block: 'nearest' });
    const outside = (event: PointerEvent): void => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [open]);

  const toggle = (column: Column): void => {
    const rest = columns.filter(({ id }) => id !== column.id);
    if (rest.length === columns.length) onColumns([...columns, column]);
    // A table without a column shows nothing at all.
    else if (rest.length > 0) onColumns(rest);
  };
  const shift = (id: Sort, by: number): void => onColumns(moved(columns, id, by));
  const drop = (event: DragEvent, onto: Sort): void => {
    event.preventDefault();
    const place = (id: Sort): number => columns.findIndex((column) => column.id === id);
    const id = dragged.current;
    dragged.current = null;
    if (id !== null && id !== onto && place(onto) >= 0) shift(id, place(onto) - place(id));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    setOpen(false);
    button.current?.focus();
  };
  const onItemKey = (event: KeyboardEvent, id: Sort): void => {
    const by = event.altKey ? { ArrowUp: -1, ArrowDown: 1 }[event.key] : undefined;
    if (by === undefined) return;
    event.preventDefault();
    shift(id, by);
  };
  const hidden = COLUMNS.filter((column) => !columns.includes(column));
  return (
    <div className="menu-root" ref={root} onKeyDown={open ? onKeyDown : undefined}>
      <button
        ref={button}
        className="button"
        type="button"
        aria-haspopup="dialog"
        aria-expanded={open}
        data-testid="columns"
        onClick={() => setOpen(!open)}
      >
        <TableIcon name="columns" />
        {t.table.columnsButton}
      </button>
      {open && (
        <div className="menu floating column-menu" role="dialog" aria-label={t.table.columnsTitle} data-align="end">
          <ul>
            {[...columns, ...hidden].map((column, i) => {
              const isShown = i < columns.length;
              const word = t.table.columns[column.id];
              return (
                <li
                  key={column.id}
                  draggable={isShown}
                  data-column={column.id}
                  onDragStart={(event) => {
                    dragged.current = column.id;
                    event.dataTransfer.effectAllowed = 'move';
                  }}
                  onDragOver={(event) => dragged.current !== null && isShown && event.preventDefault()}
                  onDrop={(event) => drop(event, column.id)}
                >
                  <button
                    className="menu-item"
                    type="button"
                    role="checkbox"
                    aria-checked={isShown}
                    aria-keyshortcuts={isShown ? 'Alt+ArrowUp Alt+ArrowDown' : undefined}
                    onClick={() => toggle(column)}
                    onKeyDown={(event) => isShown && onItemKey(event, column.id)}
                  >
                    <span className={isShown ? 'checkbox on' : 'checkbox'} aria-hidden="true">
                      {isShown && <Icon name="check" />}
                    </span>
                    {word}
                  </button>
                  {isShown && (
                    <span className="column-move">
                      <button
                        className="icon-button icon-button-sm"
                        type="button"
                        aria-label={t.table.moveUp(word)}
                        aria-disabled={i === 0}
                        onClick={() => shift(column.id, -1)}
                      >
                        <Icon name="up" size="sm" />
                      </button>
                      <button
                        className="icon-button icon-button-sm"
                        type="button"
                        aria-label={t.table.moveDown(word)}
                        aria-disabled={i === columns.length - 1}
                        onClick={() => shift(column.id, 1)}
                      >
                        <Icon name="down" size="sm" />
                      </button>
                      <TableIcon name="grip" size="sm" />
                    </span>
                  )}
                </li>
              );
            })}
          </ul>
          <div className="column-foot">
            <button className="button button-sm button-ghost" type="button" onClick={() => onColumns(SHOWN_AT_FIRST)}>
              {t.table.columnsReset}
            </button>
          </div>
        </div>
      )}
    </div>
  );
}
