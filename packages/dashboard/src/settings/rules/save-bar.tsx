import { t } from '../../messages/catalogue.ts';
import { FailureNote } from '../../ui/failure.tsx';
import { generalFailure, unsavedWord } from './use-rules-draft.ts';

/** What is edited is saved as a whole; the bar is there for as long as something is not. */
export function SaveBar({
  isDirty,
  isSaving,
  isOvertaken,
  failure,
  onSave,
  onDiscard,
}: {
  readonly isDirty: boolean;
  readonly isSaving: boolean;
  readonly isOvertaken: boolean;
  readonly failure: unknown;
  readonly onSave: () => void;
  readonly onDiscard: () => void;
}) {
  if (!isDirty) return null;
  return (
    <div className="save-bar floating" role="region" aria-label={t.rules.unsaved} data-testid="save-bar">
      <FailureNote failure={generalFailure(failure)} />
      <p role="status">{unsavedWord(isOvertaken)}</p>
      <button className="button button-ghost" type="button" disabled={isSaving} data-testid="discard" onClick={onDiscard}>
        {t.rules.discard}
      </button>
      <button className="button button-primary" type="button" aria-disabled={isSaving} data-testid="save-rules" onClick={onSave}>
        {t.rules.save}
      </button>
    </div>
  );
}
