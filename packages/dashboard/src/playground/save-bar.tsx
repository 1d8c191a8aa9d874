import { t } from '../messages/catalogue.ts';
import { FailureNote } from '../ui/failure.tsx';
import { Icon } from '../ui/icons.tsx';
import type { LookInHand } from './use-look.ts';

/** What is tried is not what visitors see, until it is saved here. */
export function SaveBar({ hand }: { readonly hand: Pick<LookInHand, 'isChanged' | 'state' | 'failure' | 'discard' | 'save'> }) {
  const { isChanged, state } = hand;
  return (
    <div
      className="save-bar"
      data-shown={isChanged || state !== 'idle' || hand.failure !== null || undefined}
      data-testid="save-bar"
      data-state={state}
    >
      <FailureNote failure={hand.failure} />
      <p role="status">
        {isChanged ? (
          <>
            <i className="save-dot" />
            {t.look.notSaved}
          </>
        ) : state === 'saved' ? (
          <span className="save-done">
            <Icon name="check" size="sm" />
            {t.look.saved}
          </span>
        ) : (
          ''
        )}
      </p>
      {isChanged && (
        <>
          <button className="button button-ghost" type="button" onClick={hand.discard} data-testid="discard-look">
            {t.look.discard}
          </button>
          <button
            className="button button-primary"
            type="button"
            disabled={state === 'saving'}
            onClick={() => void hand.save()}
            data-testid="save-look"
          >
            {state === 'saving' ? t.look.saving : t.look.save}
          </button>
        </>
      )}
    </div>
  );
}
