import { type ReactNode, useId } from 'react';

/** What cannot be done yet: it stays reachable, and says why under the pointer and in focus. */
export function LaterButton({
  reason,
  testId,
  children,
}: {
  readonly reason: string;
  readonly testId: string;
  readonly children: ReactNode;
}) {
  const id = useId();
  return (
    <span className="later">
      <button className="button" type="button" aria-disabled="true" aria-describedby={id} data-testid={testId}>
        {children}
      </button>
      <span className="later-why tip floating" role="tooltip" id={id}>
        {reason}
      </span>
    </span>
  );
}
