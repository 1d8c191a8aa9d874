import { CHAT_LIMITS } from '@foyer/protocol/link';
import { useState } from 'react';
import { t } from '../../messages/catalogue.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icons.tsx';

/** What the conversation is about, in the team's own words. Each change is kept at once. */
export function TagsDialog({
  tags,
  onTags,
  onClose,
}: {
  readonly tags: readonly string[];
  readonly onTags: (tags: readonly string[]) => void;
  readonly onClose: () => void;
}) {
  const w = t.inbox.tagging;
  const [typed, setTyped] = useState('');
  const add = (): void => {
    const tag = typed.trim();
    if (tag !== '' && !tags.includes(tag) && tags.length < CHAT_LIMITS.tags) onTags([...tags, tag]);
    setTyped('');
  };
  return (
    <Dialog label={w.title} className="small-dialog" testId="tags-dialog" onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim() === '') onClose();
          else add();
        }}
      >
        <h2>{w.title}</h2>
        {tags.length > 0 && (
          <ul className="tags">
            {tags.map((tag) => (
              <li key={tag} className="token">
                <bdi className="truncate">{tag}</bdi>
                <button type="button" aria-label={w.remove(tag)} onClick={() => onTags(tags.filter((one) => one !== tag))}>
                  <Icon name="x" size="xs" />
                </button>
              </li>
            ))}
          </ul>
        )}
        <input
          className="field"
          aria-label={w.add}
          placeholder={w.add}
          autoComplete="off"
          maxLength={CHAT_LIMITS.tagChars}
          value={typed}
          data-testid="tag-field"
          onChange={(event) => setTyped(event.target.value)}
        />
        <div className="small-dialog-foot">
          <span className="quiet">{w.hint}</span>
          <span className="spacer" />
          <button className="button" type="button" onClick={onClose}>
            {w.done}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
