import { type KeyboardEvent, useRef } from 'react';
import { Icon } from '../ui/icons.tsx';

/** The one big switch. Two radios, because *off* is a state people choose, not the lack of one. */
export function TrackingSwitch({
  on,
  sites,
  onChange,
}: {
  readonly on: boolean;
  readonly sites: number;
  readonly onChange: (on: boolean) => void;
}) {
  const group = useRef<HTMLDivElement>(null);
  const choose = (next: boolean): void => {
    if (next !== on) onChange(next);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!event.key.startsWith('Arrow')) return;
    event.preventDefault();
    choose(!on);
    group.current?.querySelector<HTMLElement>('[aria-checked="false"]')?.focus();
  };
  const where = sites === 1 ? 'your site' : `${sites} sites`;
  return (
    <section className="card tracking" aria-label="Visitor tracking" data-testid="tracking" data-on={on}>
      <span className="tracking-mark" data-status={on ? 'active' : 'inactive'}>
        <Icon name={on ? 'eye' : 'eyeoff'} size="lg" />
      </span>
      <div>
        <h2>Visitor tracking is {on ? 'online' : 'offline'}</h2>
        <p>
          {on ? `Visitors of ${where} appear in the list as they arrive.` : 'Nothing about visitors is collected until you turn it on.'}
        </p>
      </div>
      <div className="segmented" role="radiogroup" aria-label="Visitor tracking" ref={group} onKeyDown={onKeyDown}>
        <button
          type="button"
          role="radio"
          aria-checked={!on}
          tabIndex={on ? -1 : 0}
          data-testid="tracking-offline"
          onClick={() => choose(false)}
        >
          Offline
        </button>
        <button
          type="button"
          role="radio"
          aria-checked={on}
          tabIndex={on ? 0 : -1}
          data-testid="tracking-online"
          data-status="active"
          onClick={() => choose(true)}
        >
          {on && <span className="dot" data-status="active" />}Online
        </button>
      </div>
    </section>
  );
}
