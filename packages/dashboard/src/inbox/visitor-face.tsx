import type { Row } from '@foyer/protocol';
import { Icon } from '../ui/icons.tsx';
import { initials } from '../words/names.ts';
import { useTick } from '../app/live.ts';
import { useRef } from 'react';
import { isNumbered } from './people.ts';

/** From here on somebody who is there counts as inactive. */
const ACTIVE_FOR_MS = 5 * 60_000;

/** A visitor's neutral initials, with where they are: filled = here and active, hollow = not active, no dot = no visit. */
export function VisitorFace({ name, visit, size }: { readonly name: string; readonly visit: Row | undefined; readonly size?: 'lg' }) {
  const dot = useRef<HTMLElement>(null);
  useTick((now) => {
    if (!visit || !dot.current) return;
    dot.current.dataset['status'] = visit.online && now - visit.lastActivityAt < ACTIVE_FOR_MS ? 'active' : 'inactive';
  });
  return (
    <span className={`avatar avatar-visitor${size ? ` avatar-${size}` : ''}`} aria-hidden="true">
      {isNumbered(name) ? <Icon name="user" size="sm" /> : initials(name)}
      {visit && <i className="dot" data-status="inactive" ref={dot} />}
    </span>
  );
}
