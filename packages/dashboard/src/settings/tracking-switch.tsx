import { type KeyboardEvent, useRef } from 'react';
import { t } from '../messages/catalogue.ts';
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
  return (
    <section className="card tracking" aria-label={t.settings.visitors.tracking} data-testid="tracking" data-on={on}>
      <span className="tracking-mark" data-status={on ? 'active' : 'inactive'}>
        <Icon name={on ? 'eye' : 'eyeoff'} size="lg" />
      </span>
      <div>
        <h2>{on ? t.settings.visitors.isOnline : t.settings.visitors.isOffline}</h2>
        <p>{on ? t.settings.visitors.onlineText(sites) : t.settings.visitors.offlineText}</p>
      </div>
      <div className="segmented" role="radiogroup" aria-label={t.settings.visitors.tracking} ref={group} onKeyDown={onKeyDown}>
        <button
          type="button"
          role="radio"
          aria-checked={!on}
          tabIndex={on ? -1 : 0}
          data-testid="tracking-offline"
          onClick={() => choose(false)}
        >
          {t.settings.visitors.offline}
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
          {on && <span className="dot" data-status="active" />}
          {t.settings.visitors.online}
        </button>
      </div>
    </section>
  );
}
