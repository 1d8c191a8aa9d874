import { useId, useState } from 'react';
import { Setting } from '../setting.tsx';

/** A whole number between two bounds, saved when it is left or Enter is pressed; what is none goes back to what it was. */
export function NumberSetting({
  name,
  hint,
  value,
  min,
  max,
  unit = '',
  testId,
  onChange,
}: {
  readonly name: string;
  readonly hint: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly unit?: string;
  readonly testId: string;
  readonly onChange: (value: number) => void;
}) {
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const done = (): void => {
    setTyped(null);
    const n = Math.round(Number(typed));
    if (typed === null || typed.trim() === '' || !Number.isFinite(n)) return;
    const within = Math.min(max, Math.max(min, n));
    if (within !== value) onChange(within);
  };
  return (
    <Setting name={<label htmlFor={id}>{name}</label>} hint={hint}>
      <span className="number-field">
        <input
          id={id}
          className="field num"
          type="number"
          inputMode="numeric"
          min={min}
          max={max}
          step={1}
          value={typed ?? String(value)}
          data-testid={testId}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={done}
          onKeyDown={(event) => {
            if (event.key === 'Enter') done();
            else if (event.key === 'Escape') setTyped(null);
          }}
        />
        {unit !== '' && <span className="muted">{unit}</span>}
      </span>
    </Setting>
  );
}
