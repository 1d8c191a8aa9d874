import type { CannedReply } from '@foyer/protocol';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { chatApi } from '../../api/chat-api.ts';
import { cannedRepliesQuery } from '../../api/chat-queries.ts';
import { queryClient } from '../../app/query-client.ts';
import { mayChangeSettings, useMe } from '../../app/session.ts';
import { matching } from '../../inbox/composer/canned.ts';
import { t } from '../../messages/catalogue.ts';
import { showFailure } from '../../ui/failure.tsx';
import { Icon } from '../../ui/icons.tsx';
import { showToast } from '../../ui/toast.tsx';
import { listOr } from '../../words/names.ts';
import { SettingsHead } from '../settings-head.tsx';
import { CannedForm } from './canned-form.tsx';
import { ChatPage } from './chat-page.tsx';

export function CannedSettings() {
  return (
    <ChatPage>
      <Page />
    </ChatPage>
  );
}

const readAgain = (): Promise<unknown> => queryClient.invalidateQueries({ queryKey: cannedRepliesQuery.queryKey });
/** More than fit on a screen are searched. */
const SEARCHED_FROM = 8;

function Page() {
  const me = useMe();
  const { data: replies } = useSuspenseQuery(cannedRepliesQuery);
  const [editing, setEditing] = useState<string | null>(null);
  const [search, setSearch] = useState('');
  const words = t.chatSettings.canned;
  const found = matching(replies, search);
  const isNew = editing === '';
  const remove = async (reply: CannedReply): Promise<void> => {
    const { shortcut, text, shared } = reply;
    const back = (): void => void chatApi.addCannedReply({ shortcut, text, shared }).then(readAgain, showFailure);
    await chatApi.removeCannedReply(reply.id).then(() => showToast({ text: words.removed(shortcut), undo: back }), showFailure);
    await readAgain();
  };
  const section = (title: string, none: string, list: readonly CannedReply[]) => (
    <section className="setting-group">
      <h2>{title}</h2>
      {list.length === 0 ? (
        <div className="card setting">
          <p className="hint">{search === '' ? none : words.nothing}</p>
        </div>
      ) : (
        <ul className="card canned-list">
          {list.map((reply) =>
            editing === reply.id ? (
              <li key={reply.id} className="canned-editing">
                <CannedForm reply={reply} others={replies} onDone={() => setEditing(null)} />
              </li>
            ) : (
              <Line
                key={reply.id}
                reply={reply}
                mayChange={reply.mine || mayChangeSettings(me)}
                onEdit={() => setEditing(reply.id)}
                onRemove={() => void remove(reply)}
              />
            ),
          )}
        </ul>
      )}
    </section>
  );
  return (
    <>
      <SettingsHead title={t.settings.pages.canned} text={words.text}>
        <button
          className="button"
          type="button"
          data-testid="add-canned"
          aria-expanded={isNew}
          onClick={() => setEditing(isNew ? null : '')}
        >
          <Icon name="plus" />
          {words.add}
        </button>
      </SettingsHead>
      {isNew && (
        <div className="card canned-editing">
          <CannedForm reply={null} others={replies} onDone={() => setEditing(null)} />
        </div>
      )}
      {replies.length >= SEARCHED_FROM && (
        <label className="field canned-search">
          <Icon name="search" />
          <input
            type="search"
            value={search}
            placeholder={words.search}
            aria-label={words.search}
            autoComplete="off"
            onChange={(event) => setSearch(event.target.value)}
          />
        </label>
      )}
      {section(
        words.shared,
        words.noneShared,
        found.filter((reply) => reply.shared),
      )}
      {section(
        words.mine,
        words.noneMine,
        found.filter((reply) => !reply.shared),
      )}
      {!mayChangeSettings(me) && <p className="hint">{words.onlyAdmins(listOr(me.admins))}</p>}
    </>
  );
}

function Line({
  reply,
  mayChange,
  onEdit,
  onRemove,
}: {
  readonly reply: CannedReply;
  readonly mayChange: boolean;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}) {
  const words = t.chatSettings.canned;
  return (
    <li className="setting canned-line" data-testid="canned-line" data-shortcut={reply.shortcut}>
      <div>
        <p className="name">
          <bdi dir="ltr">/{reply.shortcut}</bdi>
        </p>
        <p className="hint canned-text" dir="auto">
          {reply.text}
        </p>
      </div>
      {mayChange && (
        <>
          <button className="icon-button" type="button" aria-label={words.edit(reply.shortcut)} onClick={onEdit}>
            <Icon name="pencil" />
          </button>
          {/* It can be brought back from the toast, so one press is enough. */}
          <button className="icon-button" type="button" aria-label={words.remove(reply.shortcut)} onClick={onRemove}>
            <Icon name="trash" />
          </button>
        </>
      )}
    </li>
  );
}
