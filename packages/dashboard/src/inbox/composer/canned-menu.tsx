import type { CannedReply } from '@foyer/protocol';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { t } from '../../messages/catalogue.ts';
import { Icon } from '../../ui/icons.tsx';
import { CAPS, commandKey } from './keys.ts';
import { fill, fillParts, type Variables } from './canned.ts';

/** Canned replies for what follows the `/`, inside the composer so that nothing of the transcript is covered. The field keeps the focus. */
export function CannedMenu({
  id,
  replies,
  chosen,
  variables,
  onChoose,
  onInsert,
}: {
  readonly id: string;
  readonly replies: readonly CannedReply[];
  readonly chosen: number;
  readonly variables: Variables;
  readonly onChoose: (index: number) => void;
  readonly onInsert: (reply: CannedReply) => void;
}) {
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen, replies]);
  const reply = replies[chosen];
  if (replies.length === 0) {
    return (
      <p className="canned-none" data-testid="canned-none">
        {t.composer.cannedMenu.none} <Link to="/settings/canned">{t.composer.cannedMenu.add}</Link>
      </p>
    );
  }
  return (
    <div className="canned-menu" data-testid="canned-menu">
      <ul role="listbox" aria-label={t.composer.cannedMenu.label} id={id} ref={list}>
        {replies.map((one, i) => (
          <li
            key={one.id}
            id={`${id}-${i}`}
            role="option"
            aria-selected={i === chosen}
            className="canned-option"
            data-testid="canned-option"
            onPointerMove={() => i !== chosen && onChoose(i)}
            // The field keeps the focus.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onInsert(one)}
          >
            <b className="truncate" dir="ltr">
              /{one.shortcut}
            </b>
            <span dir="auto">{fill(one.text, variables)}</span>
            {!one.shared && <Icon name="lock" size="xs" />}
          </li>
        ))}
      </ul>
      {reply && (
        <div className="canned-preview">
          <p dir="auto" data-testid="canned-preview">
            <Filled text={reply.text} variables={variables} />
          </p>
          <small>
            <kbd>↵</kbd> {t.composer.cannedMenu.insert} <kbd>{commandKey()} ↵</kbd> {t.composer.cannedMenu.send} <kbd>{CAPS.escape}</kbd>{' '}
            {t.composer.cannedMenu.close}
            <span className="spacer" />
            <Link to="/settings/canned">{t.composer.cannedMenu.manage}</Link>
          </small>
        </div>
      )}
    </div>
  );
}

/** A canned reply as it would go out, with what was filled in marked. */
function Filled({ text, variables }: { readonly text: string; readonly variables: Variables }) {
  return fillParts(text, variables).map((part, i) =>
    part.kind === 'text' ? (
      part.text
    ) : (
      <mark key={i} data-kind={part.kind}>
        {part.text}
      </mark>
    ),
  );
}
