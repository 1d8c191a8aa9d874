import { Link } from '@tanstack/react-router';
import { t } from '../messages/catalogue.ts';
import { leftOutWord } from '../words/names.ts';
import { useLeftOut } from './left-out.tsx';

/** Beside “nobody yet”: the snippet works, but whoever came is not counted. */
export function LeftOutNote({ site }: { readonly site: string | undefined }) {
  const { count, reason } = useLeftOut(site);
  if (count === 0) return null;
  return (
    <p className="hint step-note" role="status" data-testid="left-out-note">
      {t.start.leftOutSeen(count, reason === '' ? '' : leftOutWord(reason))}{' '}
      <Link to="/visitors" search={{ ...(site ? { site } : {}), list: 'filtered' }}>
        {t.start.leftOutShow}
      </Link>
    </p>
  );
}
