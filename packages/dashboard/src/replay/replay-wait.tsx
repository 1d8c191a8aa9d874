import { t } from '../messages/catalogue.ts';
import { number } from '../messages/format.ts';
import { FailureNote } from '../ui/failure.tsx';
import { Icon } from '../ui/icons.tsx';
import { useRoom } from './use-room.ts';

export type LoadState =
  | { readonly kind: 'reading'; readonly visits: number }
  | { readonly kind: 'failed'; readonly failure: unknown }
  | { readonly kind: 'empty' };

/** In the place of the slider until there is a day to play, and when there is none. */
export function ReplayWait({
  state,
  onAgain,
  onBack,
}: {
  readonly state: LoadState;
  readonly onAgain: () => void;
  readonly onBack: () => void;
}) {
  return (
    <section className="replay-bar floating" ref={useRoom()} aria-label={t.replay.bar} data-testid="replay-wait" data-state={state.kind}>
      <div className="replay-wait" role="status" aria-busy={state.kind === 'reading'}>
        <Icon name="clock" />
        {state.kind === 'reading' && (
          <p>
            <b>{t.replay.reading}</b>
            <span className="muted">{state.visits > 0 ? t.replay.read(state.visits, number(state.visits)) : ''}</span>
          </p>
        )}
        {state.kind === 'empty' && (
          <p>
            <b>{t.replay.empty}</b>
            <span className="muted">{t.replay.emptyText}</span>
          </p>
        )}
        {state.kind === 'failed' && <FailureNote failure={state.failure} />}
        <span className="spacer" />
        {state.kind === 'failed' && (
          <button className="button button-sm" type="button" data-testid="replay-again" onClick={onAgain}>
            <Icon name="retry" size="sm" />
            {t.replay.again}
          </button>
        )}
        <button className="button button-sm" type="button" data-testid="replay-back" onClick={onBack}>
          {t.replay.back}
        </button>
      </div>
    </section>
  );
}
