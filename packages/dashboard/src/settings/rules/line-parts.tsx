import { t } from '../../messages/catalogue.ts';
import { Icon } from '../../ui/icons.tsx';
import { Menu, type MenuItem } from '../../ui/menu.tsx';
import type { Reorder } from './use-reorder.ts';

/** What every line of the list has, by its place in it. */
export interface Placed {
  readonly index: number;
  readonly count: number;
  readonly reorder: Reorder;
  readonly isOpen: boolean;
  readonly onToggle: (isOpen: boolean) => void;
  readonly onMove: (to: number) => void;
}

/** Where a dragged line would come to stand, drawn at the line that makes room. */
export function dropMark({ drag }: Reorder, index: number): 'dragged' | 'before' | 'after' | undefined {
  if (!drag) return undefined;
  if (drag.from === index) return 'dragged';
  if (drag.to === drag.from) return undefined;
  if (drag.to !== index) return undefined;
  return drag.to > drag.from ? 'after' : 'before';
}

export function Handle({ name, index, count, reorder }: Pick<Placed, 'index' | 'count' | 'reorder'> & { readonly name: string }) {
  return (
    <button
      className="handle"
      type="button"
      data-handle
      data-testid="handle"
      aria-label={t.rules.handle(name, index + 1, count)}
      title={t.rules.handleHint}
      {...reorder.handleProps(index)}
    >
      <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
        <path d="M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01" />
      </svg>
    </button>
  );
}

/** The same as by handle, for those who would rather choose. */
export function LineMenu({
  name,
  index,
  count,
  onMove,
  more = [],
}: Pick<Placed, 'index' | 'count' | 'onMove'> & { readonly name: string; readonly more?: readonly MenuItem[] }) {
  const words = t.rules.moves;
  const ways: (MenuItem & { readonly isOn: boolean })[] = [
    { id: 'top', label: words.top, isOn: index > 0, onSelect: () => onMove(0) },
    { id: 'up', label: words.up, isOn: index > 0, onSelect: () => onMove(index - 1) },
    { id: 'down', label: words.down, isOn: index < count - 1, onSelect: () => onMove(index + 1) },
    { id: 'bottom', label: words.bottom, isOn: index < count - 1, onSelect: () => onMove(count - 1) },
  ];
  return (
    <Menu
      button={<Icon name="more" />}
      buttonLabel={t.rules.more(name)}
      buttonClass="icon-button"
      align="end"
      testId="line-menu"
      groups={[
        { items: ways.filter(({ isOn }) => isOn).map(({ isOn: _, ...item }) => item) },
        ...(more.length > 0 ? [{ items: more }] : []),
      ]}
    />
  );
}

export function LineSwitch({
  name,
  on,
  onChange,
}: {
  readonly name: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}) {
  return (
    <button
      className="switch"
      type="button"
      role="switch"
      aria-checked={on}
      aria-label={t.rules.counts(name)}
      onClick={() => onChange(!on)}
    />
  );
}
