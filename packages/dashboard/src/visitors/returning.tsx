import { t } from '../messages/catalogue.ts';
import { number } from '../messages/format.ts';
import { Icon } from '../ui/icons.tsx';

/** ↩ and which visit this is; nothing for a first one. */
export function Returning({ visits }: { readonly visits: number }) {
  if (visits < 2) return null;
  return (
    <span className="returning" title={t.visitors.row.returning(visits)} data-testid="returning">
      <Icon name="returning" />
      <span className="visually-hidden">{t.visitors.row.returningBefore}</span>
      {number(visits)}
    </span>
  );
}
