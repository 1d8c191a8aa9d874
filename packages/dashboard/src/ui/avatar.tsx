import { initials } from '../words/names.ts';

const TONES = ['a', 'b', 'c', 'd'] as const;

/** A member of the team, in the same colour everywhere. Decorative: the name stands beside it or in the label around it. */
export function Avatar({ name, size }: { readonly name: string; readonly size?: 'xs' | 'sm' | 'lg' }) {
  let sum = 0;
  for (const c of name) sum = (sum * 31 + (c.codePointAt(0) ?? 0)) % 9_973;
  return (
    <span className={`avatar avatar-${TONES[sum % TONES.length]}${size ? ` avatar-${size}` : ''}`} aria-hidden="true">
      {initials(name)}
    </span>
  );
}
