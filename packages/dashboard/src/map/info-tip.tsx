import { useId, useState } from 'react';
import { Icon } from '../ui/icons.tsx';

/** A button that says what a number counts: to the pointer, the keyboard and a finger alike. */
export function InfoTip({ label, testId, children }: { readonly label: string; readonly testId: string; readonly children: string }) {
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  return (
    <span
      className="info-tip"
      onPointerEnter={(event) => event.pointerType !== 'touch' && setOpen(true)}
      onPointerLeave={() => setOpen(false)}
    >
      <button
        className="info-button"
        type="button"
        aria-label={label}
        aria-describedby={id}
        data-testid={testId}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onClick={() => setOpen(true)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || !isOpen) return;
          event.stopPropagation();
          setOpen(false);
        }}
      >
        <Icon name="info" size="sm" />
      </button>
      <span className="info-tip-text floating" role="tooltip" id={id} hidden={!isOpen}>
        {children}
      </span>
    </span>
  );
}
