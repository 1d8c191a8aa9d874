import type { ReactNode } from 'react';
import { Icon, type IconName } from '../ui/icons.tsx';
import { initials } from '../words/names.ts';

/** A screen that is not for this person now, and who can change that, by name. */
export function AskWhom({
  icon,
  title,
  text,
  people = [],
  children,
}: {
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
  readonly people?: readonly string[];
  readonly children?: ReactNode;
}) {
  return (
    <div className="page-blank">
      <div className="empty">
        <span className="empty-mark">
          <Icon name={icon} size="lg" />
        </span>
        <h1>{title}</h1>
        <p>{text}</p>
        {people.length > 0 && (
          <ul className="people" data-testid="ask-whom">
            {people.map((name) => (
              <li key={name}>
                <span className="avatar avatar-c" aria-hidden="true">
                  {initials(name)}
                </span>
                <b>{name}</b>
              </li>
            ))}
          </ul>
        )}
        {children}
      </div>
    </div>
  );
}
