import { type ReactNode, useId } from 'react';
import { Icon } from '../ui/icons.tsx';

/** One line of a settings card: what it is, what it does, and its control. */
export function Setting({
  name,
  hint,
  below,
  children,
}: {
  readonly name: ReactNode;
  readonly hint?: ReactNode;
  readonly below?: ReactNode;
  readonly children?: ReactNode;
}) {
  return (
    <div className="setting">
      <div>
        <p className="name">{name}</p>
        {hint && <p className="hint">{hint}</p>}
        {below}
      </div>
      {children}
    </div>
  );
}

export function SwitchSetting({
  name,
  hint,
  on,
  onChange,
  testId,
}: {
  readonly name: string;
  readonly hint: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
  readonly testId?: string;
}) {
  const id = useId();
  return (
    <div className="setting">
      <div>
        <p className="name" id={`${id}n`}>
          {name}
        </p>
        <p className="hint" id={`${id}h`}>
          {hint}
        </p>
      </div>
      <button
        className="switch"
        type="button"
        role="switch"
        aria-checked={on}
        aria-labelledby={`${id}n`}
        aria-describedby={`${id}h`}
        data-testid={testId}
        onClick={() => onChange(!on)}
      />
    </div>
  );
}

export function SelectSetting<T extends string>({
  name,
  hint,
  value,
  options,
  onChange,
  testId,
}: {
  readonly name: string;
  readonly hint?: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly word: string }[];
  readonly onChange: (value: T) => void;
  readonly testId?: string;
}) {
  return (
    <Setting name={name} {...(hint === undefined ? {} : { hint })}>
      <Select label={name} value={value} options={options} onChange={onChange} {...(testId ? { testId } : {})} />
    </Setting>
  );
}

export function Select<T extends string>({
  label,
  value,
  options,
  onChange,
  testId,
}: {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly word: string }[];
  readonly onChange: (value: T) => void;
  readonly testId?: string;
}) {
  return (
    <span className="select">
      <select
        className="field"
        aria-label={label}
        value={value}
        data-testid={testId}
        onChange={(event) => {
          const chosen = options.find((o) => o.value === event.target.value);
          if (chosen) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.word}
          </option>
        ))}
      </select>
      <Icon name="updown" size="sm" />
    </span>
  );
}
