import { useState } from 'react';
import { t } from '../../messages/catalogue.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icons.tsx';

const HOUR_MS = 3_600_000;

/** For how long. What can be undone is not asked about twice; how long cannot be guessed. */
export function BlockDialog({
  name,
  onBlock,
  onClose,
}: {
  readonly name: string;
  readonly onBlock: (forMs: number | undefined) => void;
  readonly onClose: () => void;
}) {
  const w = t.inbox.blocking;
  const [chosen, setChosen] = useState(1);
  const spans: readonly (readonly [string, number | undefined])[] = [
    [w.hour, HOUR_MS],
    [w.day, 24 * HOUR_MS],
    [w.week, 7 * 24 * HOUR_MS],
    [w.always, undefined],
  ];
  return (
    <Dialog label={w.title(name)} className="small-dialog" testId="block-dialog" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onClose();
          onBlock(spans[chosen]?.[1]);
        }}
      >
        <h2>{w.title(name)}</h2>
        <p className="muted">{w.text}</p>
        <fieldset className="spans">
          <legend className="visually-hidden">{w.forHow}</legend>
          {spans.map(([word], i) => (
            <label key={word} className="span">
              <input type="radio" name="span" checked={i === chosen} onChange={() => setChosen(i)} />
              {word}
            </label>
          ))}
        </fieldset>
        <div className="small-dialog-foot">
          <button className="button" type="button" onClick={onClose}>
            {w.cancel}
          </button>
          <button className="button button-danger" type="submit" data-testid="block-now">
            <Icon name="ban" size="sm" />
            {w.block}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
