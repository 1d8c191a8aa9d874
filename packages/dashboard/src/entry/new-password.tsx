import { useState } from 'react';
import { t } from '../messages/catalogue.ts';
import { passwordStrength } from '../words/password.ts';
import { Field } from './field.tsx';

/** A new password with how strong it is. Its name in the form is `password`. */
export function NewPassword({ problem }: { readonly problem?: string | undefined }) {
  const [password, setPassword] = useState('');
  const { bars, hint } = passwordStrength(password);
  return (
    <Field
      label={t.entry.password}
      name="password"
      type="password"
      autoComplete="new-password"
      required
      minLength={10}
      maxLength={200}
      value={password}
      onChange={(event) => setPassword(event.target.value)}
      problem={problem}
      hint={hint}
    >
      <div className="strength" aria-hidden="true" data-bars={bars}>
        {[1, 2, 3, 4].map((n) => (
          <i key={n} className={n <= bars ? 'on' : ''} />
        ))}
      </div>
    </Field>
  );
}
