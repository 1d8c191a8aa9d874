import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { api } from '../../api/foyer-api.ts';
import { t } from '../../messages/catalogue.ts';
import { FailureNote, showFailure } from '../../ui/failure.tsx';
import { Icon } from '../../ui/icons.tsx';
import { showToast } from '../../ui/toast.tsx';
import { parseAddress } from '../parse.ts';
import { BLOCK_CHOICES, BLOCK_TIMES } from './block-times.ts';

/** Blocks an address or a range by what it is, also of somebody who was never here. */
export function AddRange({ onAdded }: { readonly onAdded: () => void }) {
  const id = useId();
  const [problem, setProblem] = useState('');
  const add = useMutation({
    mutationFn: api.blockRange,
    onSuccess: (made) => {
      onAdded();
      showToast({ text: t.blocks.added(made.what), undo: () => void api.unblock(made.id).then(onAdded, showFailure) });
    },
  });
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = event.currentTarget;
    const given = new FormData(form);
    const range = parseAddress(String(given.get('range') ?? '').trim());
    if (!range.ok) return setProblem(range.problem);
    setProblem('');
    const forMs = BLOCK_TIMES[BLOCK_CHOICES.find((one) => one === given.get('time')) ?? 'open'];
    const note = String(given.get('note') ?? '').trim();
    add.mutate(
      { range: range.value, ...(forMs === undefined ? {} : { forMs }), ...(note === '' ? {} : { note }) },
      { onSuccess: () => form.reset() },
    );
  };
  return (
    <form className="card add-form add-range" onSubmit={onSubmit} noValidate>
      <p className="hint add-range-text">{t.blocks.addText}</p>
      <FailureNote failure={add.error} />
      <label>
        <span className="label">{t.blocks.range}</span>
        <input
          className="field"
          name="range"
          autoComplete="off"
          spellCheck={false}
          maxLength={60}
          placeholder={t.blocks.rangeExample}
          aria-invalid={problem !== '' || undefined}
          aria-describedby={problem === '' ? undefined : `${id}p`}
          data-testid="range"
        />
      </label>
      <label>
        <span className="label">{t.blocks.howLong}</span>
        <span className="select">
          <select className="field" name="time" defaultValue="open" data-testid="range-time">
            {BLOCK_CHOICES.map((one) => (
              <option key={one} value={one}>
                {t.blocks.times[one]}
              </option>
            ))}
          </select>
          <Icon name="updown" size="sm" />
        </span>
      </label>
      <label className="add-range-note">
        <span className="label">
          {t.blocks.note} <span className="muted">{t.blocks.noteOptional}</span>
        </span>
        <input className="field" name="note" dir="auto" maxLength={300} autoComplete="off" placeholder={t.blocks.noteExample} />
      </label>
      <span className="add-actions">
        <button className="button button-primary" type="submit" disabled={add.isPending} data-testid="add-range">
          {t.blocks.block}
        </button>
      </span>
      {problem !== '' && (
        <p className="field-problem add-range-text" id={`${id}p`} role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}
