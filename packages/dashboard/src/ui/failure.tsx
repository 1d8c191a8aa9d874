import { ApiFailure } from '../api/request.ts';
import { t } from '../messages/catalogue.ts';
import { fieldText, refusalText } from '../words/refusal.ts';
import { Icon } from './icons.tsx';
import { showToast } from './toast.tsx';

export function messageOf(failure: unknown): string {
  if (!(failure instanceof ApiFailure)) return t.words.failures.page;
  // Several fields at once, without a form that shows each at its place.
  const fields = Object.values(failure.fields);
  return failure.code === 'invalid' && fields.length > 0 ? fields.map(fieldText).join(' ') : refusalText(failure);
}

/** Of what was done from a toast or a menu, where no place is left to say it. */
export const showFailure = (failure: unknown): void => showToast({ text: messageOf(failure) });

/** What is wrong with each field of a form, by its dotted path; none when the failure is about something else. */
export function problemsOf(failure: unknown): Readonly<Record<string, string>> {
  if (!(failure instanceof ApiFailure)) return {};
  return Object.fromEntries(Object.entries(failure.fields).map(([field, sentence]) => [field, fieldText(sentence)]));
}

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
