import { ApiFailure } from '../api/request.ts';
import { Icon } from './icons.tsx';

export const messageOf = (failure: unknown): string =>
  failure instanceof ApiFailure ? failure.message : 'Something went wrong here. Reload the page and try again.';

/** Why it did not work, where it was tried. */
export function FailureNote({ failure }: { readonly failure: unknown }) {
  if (!failure) return null;
  return (
    <p className="error" role="alert" data-testid="failure">
      <Icon name="warn" />
      <span>{messageOf(failure)}</span>
    </p>
  );
}
