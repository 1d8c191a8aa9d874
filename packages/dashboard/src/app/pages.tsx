import { type ErrorComponentProps, Link } from '@tanstack/react-router';
import { messageOf } from '../ui/failure.tsx';
import { Mark } from '../ui/icons.tsx';

export function Waiting() {
  return <div className="page-blank" role="status" aria-label="Loading" />;
}

export function NotFound() {
  return (
    <main className="page-blank">
      <div className="empty">
        <span className="empty-mark">
          <Mark />
        </span>
        <h1>There is nothing here</h1>
        <p>The address may be old, or mistyped.</p>
        <Link className="button" to="/visitors">
          Go to Visitors
        </Link>
      </div>
    </main>
  );
}

export function Broken({ error, reset }: ErrorComponentProps) {
  return (
    <main className="page-blank">
      <div className="empty" role="alert">
        <span className="empty-mark">
          <Mark />
        </span>
        <h1>This page did not load</h1>
        <p>{messageOf(error)}</p>
        <button
          className="button"
          type="button"
          onClick={() => {
            reset();
            location.reload();
          }}
        >
          Try again
        </button>
      </div>
    </main>
  );
}
