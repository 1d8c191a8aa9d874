import { type ReactNode, useEffect, useSyncExternalStore } from 'react';
import { Listeners } from '../live/listeners.ts';
import { t } from '../messages/catalogue.ts';
import { Icon } from './icons.tsx';

interface Toast {
  readonly text: ReactNode;
  readonly undo?: () => void;
  /** On the button, when it does something else than undo. */
  readonly undoWord?: string;
}
/** Long enough to read and reach for Undo (WCAG 2.2.1 is met: what it offers can also be done where it was changed). */
const SHOWN_MS = 8_000;

const changed = new Listeners();
let current: Toast | null = null;

/** Shows one toast; a newer one takes its place. */
export function showToast(toast: Toast | null): void {
  current = toast;
  changed.notify();
}

export function ToastArea() {
  const toast = useSyncExternalStore(changed.subscribe, () => current);
  useEffect(() => {
    if (!toast) return;
    const timer = setTimeout(() => showToast(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [toast]);
  return (
    <div className="toast-area" role="status">
      {toast && (
        <div className="toast floating" data-testid="toast">
          <span>{toast.text}</span>
          {toast.undo && (
            <button
              className="button button-ghost button-sm"
              type="button"
              onClick={() => {
                showToast(null);
                toast.undo?.();
              }}
            >
              {!toast.undoWord && <Icon name="undo" size="sm" />}
              {toast.undoWord ?? t.shell.undo}
            </button>
          )}
          <button className="icon-button icon-button-sm" type="button" aria-label={t.shell.dismiss} onClick={() => showToast(null)}>
            <Icon name="x" size="sm" />
          </button>
        </div>
      )}
    </div>
  );
}
