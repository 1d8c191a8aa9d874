import type { ReactNode } from 'react';
import { Avatar } from '../ui/avatar.tsx';
import { Icon, type IconName } from '../ui/icons.tsx';

/** A screen that is not for this person now, and who can change that, by name. `floats`: over the map, else the page itself. */
export function AskWhom({
  icon,
  title,
  text,
  people = [],
  floats = false,
  children,
}: {
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
  readonly people?: readonly string[];
  readonly floats?: boolean;
  readonly children?: ReactNode;
}) {
  return (
    <div className={floats ? 'empty-card' : 'page-blank'}>
      <div className={floats ? 'floating empty' : 'empty'}>
        <span className="empty-mark">
          <Icon name={icon} size="lg" />
        </span>
        <h1>{title}</h1>
        <p>{text}</p>
        {people.length > 0 && (
          <ul className="people" data-testid="ask-whom">
            {people.map((name) => (
              <li key={name}>
                <Avatar name={name} />
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
