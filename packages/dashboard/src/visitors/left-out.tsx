import { Link } from '@tanstack/react-router';
import { useLiveView, useRows } from '../app/live.ts';
import { t } from '../messages/catalogue.ts';
import { leftOutWord } from '../words/names.ts';

/** Visits of this site, or of all, that are in no count; the newest one's reason. From a window of no more than one row. */
export function useLeftOut(site: string | undefined): { readonly count: number; readonly reason: string } {
  const store = useLiveView(`left out ${site ?? ''}`, {
    scope: { ...(site ? { site } : {}), filtered: true },
    filter: '',
    streams: ['rows'],
    window: { sort: 'arrived', dir: 'desc', before: 0, after: 1 },
  });
  const rows = useRows(store);
  const newest = rows?.order[0];
  return { count: rows?.total ?? 0, reason: newest === undefined ? '' : (store?.row(newest)?.filtered ?? '') };
}

/** Beside “nobody yet”: the snippet works, but whoever came is not counted. */
export function LeftOutNote({ site }: { readonly site: string | undefined }) {
  const { count, reason } = useLeftOut(site);
  if (count === 0) return null;
  return (
    <p className="hint step-note" role="status" data-testid="left-out-note">
      {t.visitors.empty.leftOutSeen(count, reason === '' ? '' : leftOutWord(reason))}{' '}
      <Link to="/visitors" search={{ ...(site ? { site } : {}), list: 'filtered' }}>
        {t.visitors.empty.leftOutShow}
      </Link>
    </p>
  );
}
