import { t } from '../../messages/catalogue.ts';
import { Avatar } from '../../ui/avatar.tsx';
import type { Person } from './mentions.ts';

/** Colleagues for what follows the `@`. The field keeps the focus. */
export function MentionMenu({
  id,
  people,
  chosen,
  onChoose,
  onInsert,
}: {
  readonly id: string;
  readonly people: readonly Person[];
  readonly chosen: number;
  readonly onChoose: (index: number) => void;
  readonly onInsert: (person: Person) => void;
}) {
  return (
    <ul className="mention-menu" role="listbox" aria-label={t.composer.mentionMenu.label} id={id} data-testid="mention-menu">
      {people.map((person, i) => (
        <li
          key={person.id}
          id={`${id}-${i}`}
          role="option"
          aria-selected={i === chosen}
          className="mention-option"
          onPointerMove={() => i !== chosen && onChoose(i)}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onInsert(person)}
        >
          <Avatar name={person.name} size="sm" />
          <bdi className="truncate">{person.name}</bdi>
        </li>
      ))}
    </ul>
  );
}
