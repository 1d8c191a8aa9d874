import type { ReactNode } from 'react';
import { Icon } from './icons.tsx';

/** Above what lies over the list: the way back to it, and at the end of the line what belongs there. */
export function PanelBack({
  word,
  onClick,
  testId,
  children,
}: {
  readonly word: string;
  readonly onClick: () => void;
  readonly testId: string;
  readonly children?: ReactNode;
}) {
  return (
    <div className="panel-bar">
      <button className="button button-ghost button-sm panel-back" type="button" onClick={onClick} data-testid={testId}>
        <Icon name="left" size="sm" />
        <span className="truncate">{word}</span>
      </button>
      {children}
    </div>
  );
}
