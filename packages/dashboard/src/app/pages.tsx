import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { t } from '../messages/catalogue.ts';
import { messageOf } from '../ui/failure.tsx';
import { Mark } from '../ui/icons.tsx';

export function Waiting() {
  return <div className="page-blank" role="status" aria-label={t.shell.loading} />;
}

export function NotFound() {
  useEffect(() => {
    document.title = t.shell.plainTitle(t.shell.nothingHere);
  }, []);
  return (
    <main className="page-blank">
      <div className="empty">
        <span className="empty-mark">
          <Mark />
        </span>
        <h1>{t.shell.nothingHere}</h1>
        <p>{t.shell.nothingHereText}</p>
        <Link className="button" to="/visitors">
          {t.shell.toVisitors}
        </Link>
      </div>
    </main>
  );
}

/** In the place of a page that failed; what is around it stays. Without a network it was the network: its return tries again. */
export function Broken({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  useEffect(() => {
    const again = (): void => {
      reset();
      void router.invalidate();
    };
    window.addEventListener('online', again);
    return () => window.removeEventListener('online', again);
  }, [reset, router]);
  return (
    <div className="page-blank">
      <div className="empty" role="alert">
        <span className="empty-mark">
          <Mark />
        </span>
        <h1>{t.shell.broken}</h1>
        <p>{messageOf(error)}</p>
        <button
          className="button"
          type="button"
          onClick={() => {
            reset();
            location.reload();
          }}
        >
          {t.shell.tryAgain}
        </button>
      </div>
    </div>
  );
}
