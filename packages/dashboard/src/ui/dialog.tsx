import { type ReactNode, useEffect, useRef } from 'react';

/**
 * A modal dialog: the browser's own, which keeps the focus inside, makes the rest inert and gives the focus back.
 * Esc and a press beside it close it. There while it is rendered.
 */
export function Dialog({
  label,
  className,
  testId,
  onClose,
  children,
}: {
  readonly label: string;
  readonly className: string;
  readonly testId: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  const isGone = useRef(false);
  useEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    isGone.current = false;
    dialog?.showModal();
    return () => {
      isGone.current = true;
      dialog?.close();
      // The browser gives the focus back on close(), but not from an element that is being removed.
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    };
  }, []);
  return (
    <dialog
      ref={ref}
      className={`dialog floating ${className}`}
      aria-label={label}
      data-testid={testId}
      // However the browser closed it: the state says that it is closed.
      onClose={() => {
        if (!isGone.current) onClose();
      }}
      onPointerDown={(event) => {
        if (event.target === ref.current) onClose();
      }}
    >
      {children}
    </dialog>
  );
}
