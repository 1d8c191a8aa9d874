import { type InputHTMLAttributes, type ReactNode, useId } from 'react';

/** A labelled input with what is wrong with it, if anything. */
export function Field({
  label,
  problem,
  hint,
  children,
  ...input
}: {
  readonly label: string;
  readonly problem?: string | undefined;
  readonly hint?: ReactNode;
  readonly children?: ReactNode;
} & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId();
  const describedBy = [problem && `${id}p`, hint && `${id}h`].filter(Boolean).join(' ');
  return (
    <div>
      <label className="label" htmlFor={id}>
        {label}
      </label>
      <input
        className="field field-lg"
        id={id}
        {...input}
        aria-invalid={problem ? true : undefined}
        aria-describedby={describedBy || undefined}
      />
      {children}
      {problem && (
        <p className="field-problem" id={`${id}p`}>
          {problem}
        </p>
      )}
      {hint && (
        <p className="hint field-hint" id={`${id}h`}>
          {hint}
        </p>
      )}
    </div>
  );
}
