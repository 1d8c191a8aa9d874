import { type FormEvent, useState } from 'react';
import { api } from '../../api/foyer-api.ts';
import { queryClient } from '../../app/query-client.ts';
import { t } from '../../messages/catalogue.ts';
import { BLOCK_CHOICES, BLOCK_TIMES, type BlockTime } from '../../settings/blocks/block-times.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureNote, showFailure } from '../../ui/failure.tsx';
import { Icon } from '../../ui/icons.tsx';
import { showToast } from '../../ui/toast.tsx';
import { visitorName } from '../../words/names.ts';
import type { Whom } from './asked.ts';
import { isActive, useVisitorChat } from './use-visitor-chat.ts';
import { useFollow, useLastKnown } from '../use-followed.ts';

const readAgain = (): Promise<void> => queryClient.invalidateQueries({ queryKey: ['blocks'] });

/** Takes a block back, and says so. */
export async function takeBack(block: string, name: string): Promise<void> {
  await api.unblock(block).then(() => showToast({ text: t.blocks.takenBack(name) }), showFailure);
  await readAgain();
}

/** Whom exactly, and for how long. What is done can be undone from the toast. */
export function BlockDialog({ whom, onClose }: { readonly whom: Whom; readonly onClose: () => void }) {
  const { detail } = useLastKnown(useFollow(whom.visitor, false));
  const conversation = useVisitorChat({ visitor: whom.visitor, ...(detail ? { chat: detail.chat } : {}) });
  const [what, setWhat] = useState<'visitor' | 'address'>('visitor');
  const [time, setTime] = useState<BlockTime>('day');
  const [note, setNote] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const name = visitorName(detail ?? whom);
  /** An address is known of somebody who is listed. */
  const isListed = detail !== null;

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (isBusy) return;
    setBusy(true);
    setFailure(null);
    const forMs = BLOCK_TIMES[time];
    try {
      const made = await api.block(what === 'visitor' ? whom.visitor : whom.id, {
        what,
        ...(forMs === undefined ? {} : { forMs }),
        ...(note.trim() === '' ? {} : { note: note.trim() }),
      });
      await readAgain();
      onClose();
      const long = t.blocks.times[time];
      showToast({
        text: what === 'visitor' ? t.blocks.done(name, long) : t.blocks.addressDone(name, long),
        undo: () => void takeBack(made.id, name),
      });
    } catch (problem) {
      setFailure(problem);
      setBusy(false);
    }
  };
  const choice = (value: typeof what, icon: 'user' | 'globe', word: string, hint: string, isOff = false) => (
    <label className="block-choice" data-off={isOff || undefined}>
      <input
        type="radio"
        name="what"
        value={value}
        checked={what === value}
        disabled={isOff}
        data-testid={`block-${value}`}
        onChange={() => setWhat(value)}
      />
      <Icon name={icon} />
      <span>
        <b>{word}</b>
        <small>{hint}</small>
      </span>
    </label>
  );
  return (
    <Dialog label={t.blocks.blockWhom(name)} className="block-dialog" testId="block-dialog" onClose={onClose}>
      <form
        onSubmit={(event) => void submit(event)}
        // It closes the dialog, not what lies under it.
        onKeyDown={(event) => event.key === 'Escape' && event.stopPropagation()}
      >
        <h2>{t.blocks.blockWhom(name)}</h2>
        <p className="hint">
          {t.blocks.text} {conversation && isActive(conversation) && t.blocks.ends}
        </p>
        <fieldset className="block-choices">
          <legend className="visually-hidden">{t.blocks.whom}</legend>
          {choice('visitor', 'user', t.blocks.visitor, t.blocks.visitorHint)}
          {choice('address', 'globe', t.blocks.address, detail?.ip ? t.blocks.addressIs(detail.ip) : t.blocks.addressHint, !isListed)}
        </fieldset>
        <fieldset className="block-times">
          <legend className="label">{t.blocks.howLong}</legend>
          <div className="chips-row">
            {BLOCK_CHOICES.map((one) => (
              <label key={one} className="chip-choice">
                <input
                  type="radio"
                  name="time"
                  value={one}
                  checked={time === one}
                  data-testid={`block-for-${one}`}
                  onChange={() => setTime(one)}
                />
                <span>{t.blocks.times[one]}</span>
              </label>
            ))}
          </div>
        </fieldset>
        <label className="block-note">
          <span className="label">
            {t.blocks.note} <span className="muted">{t.blocks.noteOptional}</span>
          </span>
          <input
            className="field"
            type="text"
            dir="auto"
            maxLength={300}
            autoComplete="off"
            placeholder={t.blocks.noteExample}
            value={note}
            data-testid="block-note"
            onChange={(event) => setNote(event.target.value)}
          />
        </label>
        <FailureNote failure={failure} />
        <div className="block-actions">
          <button className="button button-ghost" type="button" onClick={onClose}>
            {t.blocks.cancel}
          </button>
          <button className="button button-danger" type="submit" aria-disabled={isBusy} data-testid="block-now">
            <Icon name="ban" size="sm" />
            {isBusy ? t.blocks.blocking : t.blocks.block}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
