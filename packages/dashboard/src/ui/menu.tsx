import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Icon } from './icons.tsx';

export interface MenuItem {
  readonly id: string;
  readonly label: ReactNode;
  /** For a choice among several; absent: a plain action. */
  readonly checked?: boolean;
  /** Its language, when that is not the page's. */
  readonly lang?: string;
  readonly onSelect: () => void;
}
export interface MenuGroup {
  readonly label?: string;
  readonly items: readonly MenuItem[];
}

/** A button that opens a menu (WAI-ARIA menu button): arrows, Home, End, Esc, Tab and a click outside work as everywhere. */
export function Menu({
  button,
  buttonLabel,
  buttonClass,
  head,
  groups,
  align = 'start',
  testId,
}: {
  readonly button: ReactNode;
  readonly buttonLabel: string;
  readonly buttonClass: string;
  /** Above the groups; nothing in it can be chosen. */
  readonly head?: ReactNode;
  readonly groups: readonly MenuGroup[];
  readonly align?: 'start' | 'end';
  readonly testId?: string;
}) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const trigger = useRef<HTMLButtonElement>(null);
  const id = useId();
  const items = (): HTMLElement[] => [...(root.current?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])];

  useEffect(() => {
    if (!open) return;
    const all = items();
    (all.find((item) => item.ariaChecked === 'true') ?? all[0])?.focus();
    const outside = (event: PointerEvent): void => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [open]);

  const close = (): void => {
    setOpen(false);
    trigger.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!open) {
      if (event.key === 'ArrowDown') {
        event.preventDefault();
        setOpen(true);
      }
      return;
    }
    const all = items();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      all[(to + all.length) % all.length]?.focus();
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      close();
    } else if (event.key === 'Tab') setOpen(false);
  };

  return (
    <div className="menu-root" ref={root} onKeyDown={onKeyDown}>
      <button
        ref={trigger}
        type="button"
        className={buttonClass}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-label={buttonLabel}
        data-testid={testId}
        onClick={() => setOpen(!open)}
      >
        {button}
      </button>
      {open && (
        <div className="menu floating" id={id} role="menu" aria-label={buttonLabel} data-align={align}>
          {head}
          {groups.map((group, g) => (
            <div key={group.label ?? g} role="group" aria-label={group.label}>
              {group.label && (
                <div className="menu-label" aria-hidden="true">
                  {group.label}
                </div>
              )}
              {group.items.map((item) => (
                <button
                  key={item.id}
                  type="button"
                  className="menu-item"
                  tabIndex={-1}
                  lang={item.lang}
                  role={item.checked === undefined ? 'menuitem' : 'menuitemradio'}
                  {...(item.checked === undefined ? {} : { 'aria-checked': item.checked })}
                  onClick={() => {
                    close();
                    item.onSelect();
                  }}
                >
                  {item.label}
                  {item.checked && (
                    <>
                      <span className="spacer" />
                      <Icon name="check" size="sm" />
                    </>
                  )}
                </button>
              ))}
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
