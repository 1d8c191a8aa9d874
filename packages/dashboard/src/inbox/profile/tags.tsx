import { CHAT_LIMITS, type Conversation } from '@foyer/protocol';
import { type FormEvent, useState } from 'react';
import { useChat } from '../../chat/use-chat.ts';
import { t } from '../../messages/catalogue.ts';
import { Icon } from '../../ui/icons.tsx';
import { showToast } from '../../ui/toast.tsx';
import { refusedWord } from '../composer/refused-word.ts';

/** Tags of the conversation, changed where they are read. */
export function Tags({ conversation }: { readonly conversation: Conversation }) {
  const chat = useChat();
  const [isAdding, setAdding] = useState(false);
  const { id, tags } = conversation;
  const put = (next: readonly string[]): void =>
    void chat.tags(id, next).then((result) => !result.ok && showToast({ text: refusedWord(result.error.code) }));
  const add = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const tag = String(new FormData(event.currentTarget).get('tag') ?? '').trim();
    if (tag === '') return setAdding(false);
    if (!tags.includes(tag)) put([...tags, tag]);
    event.currentTarget.reset();
  };
  return (
    <section className="profile-section" aria-labelledby="profile-tags">
      <h3 id="profile-tags">{t.profile.tags}</h3>
      <ul className="profile-tags" data-testid="profile-tags">
        {tags.map((tag) => (
          <li key={tag} className="tag">
            <bdi className="truncate">{tag}</bdi>
            <button type="button" aria-label={t.profile.removeTag(tag)} onClick={() => put(tags.filter((one) => one !== tag))}>
              <Icon name="x" size="xs" />
            </button>
          </li>
        ))}
        {isAdding ? (
          <li>
            <form onSubmit={add}>
              <input
                className="field tag-input"
                name="tag"
                aria-label={t.profile.newTag}
                maxLength={CHAT_LIMITS.tagChars}
                autoComplete="off"
                autoFocus
                dir="auto"
                onBlur={(event) => {
                  event.currentTarget.form?.requestSubmit();
                  setAdding(false);
                }}
                onKeyDown={(event) => {
                  if (event.key !== 'Escape') return;
                  event.stopPropagation();
                  event.currentTarget.value = '';
                  setAdding(false);
                }}
              />
            </form>
          </li>
        ) : (
          tags.length < CHAT_LIMITS.tags && (
            <li>
              <button className="tag tag-add" type="button" data-testid="add-tag" onClick={() => setAdding(true)}>
                <Icon name="plus" size="xs" />
                {t.profile.addTag}
              </button>
            </li>
          )
        )}
      </ul>
    </section>
  );
}
