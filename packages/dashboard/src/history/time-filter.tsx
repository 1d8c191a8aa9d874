import { type FormEvent, useState } from 'react';
import type { HistorySearch } from '../app/search.ts';
import { t } from '../messages/catalogue.ts';
import { Dialog } from '../ui/dialog.tsx';
import { Menu } from '../ui/menu.tsx';
import { daySpan } from '../words/zoned-time.ts';
import { type DayRange, PRESETS, presetOf, rangeOf, rangeProblem } from './day-range.ts';
import { ChipWord } from './filter-picker.tsx';

function rangeWord(range: DayRange, today: string): string {
  const preset = presetOf(range, today);
  if (preset) return t.history.filters[preset];
  const { from, to } = range;
  if (from !== undefined && to !== undefined) return daySpan(from, to);
  return from === undefined ? t.history.filters.until(daySpan(to ?? '', to ?? '')) : t.history.filters.since(daySpan(from, from));
}

/** Which days: presets that end with today, or an own range. */
export function TimeFilter({
  range,
  today,
  zone,
  onRange,
}: {
  readonly range: DayRange;
  /** A date of the workspace's zone. */
  readonly today: string;
  readonly zone: string;
  readonly onRange: (range: Pick<HistorySearch, 'from' | 'to'>) => void;
}) {
  const [isOwn, setOwn] = useState(false);
  const isOn = range.from !== undefined || range.to !== undefined;
  const preset = presetOf(range, today);
  const word = isOn ? rangeWord(range, today) : undefined;
  const { filters } = t.history;
  return (
    <>
      <Menu
        button={<ChipWord word={filters.time} value={word} />}
        buttonLabel={word === undefined ? filters.time : filters.is(filters.time, word)}
        buttonClass={isOn ? 'button button-sm chip chip-on' : 'button button-sm chip'}
        testId="filter-time"
        groups={[
          { items: [{ id: 'any', label: filters.anyTime, checked: !isOn, onSelect: () => onRange({ from: undefined, to: undefined }) }] },
          {
            items: PRESETS.map((one) => ({
              id: one,
              label: filters[one],
              checked: preset === one,
              onSelect: () => onRange(rangeOf(one, today)),
            })),
          },
          { items: [{ id: 'own', label: filters.own, checked: isOn && preset === undefined, onSelect: () => setOwn(true) }] },
        ]}
      />
      {isOwn && (
        <RangeDialog
          range={range}
          today={today}
          zone={zone}
          onClose={() => setOwn(false)}
          onApply={(own) => {
            setOwn(false);
            onRange(own);
          }}
        />
      )}
    </>
  );
}

function RangeDialog({
  range,
  today,
  zone,
  onClose,
  onApply,
}: {
  readonly range: DayRange;
  readonly today: string;
  readonly zone: string;
  readonly onClose: () => void;
  readonly onApply: (range: Pick<HistorySearch, 'from' | 'to'>) => void;
}) {
  const [from, setFrom] = useState(range.from ?? '');
  const [to, setTo] = useState(range.to ?? '');
  const problem = rangeProblem({ from, to });
  const words = t.history.range;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (problem === null) onApply({ from: from || undefined, to: to || undefined });
  };
  const field = (word: string, value: string, set: (day: string) => void, testId: string) => (
    <label>
      <span className="label">{word}</span>
      <input
        className="field num"
        type="date"
        max={today}
        value={value}
        aria-invalid={problem === 'order' || undefined}
        aria-describedby="range-says"
        data-testid={testId}
        onChange={(event) => set(event.target.value)}
      />
    </label>
  );
  return (
    <Dialog label={words.title} className="range-dialog" testId="range-dialog" onClose={onClose}>
      <form onSubmit={submit}>
        <h2>{words.title}</h2>
        <div className="range-fields">
          {field(words.from, from, setFrom, 'range-from')}
          {field(words.to, to, setTo, 'range-to')}
        </div>
        <p className={problem === 'order' || problem === 'noDay' ? 'field-problem' : 'hint'} id="range-says" role="status">
          {problem === 'order' || problem === 'noDay' ? words[problem] : words.text(zone)}
        </p>
        <div className="range-actions">
          <button className="button button-ghost" type="button" onClick={onClose}>
            {words.cancel}
          </button>
          <button className="button button-primary" type="submit" aria-disabled={problem !== null} data-testid="range-apply">
            {words.apply}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
