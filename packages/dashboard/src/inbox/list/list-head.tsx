import { CHAT_SOURCES, type ChatCounts } from '@foyer/protocol';
import { type KeyboardEvent, type RefObject, useState } from 'react';
import type { InboxFilter, InboxTab } from '../../chat/chat-types.ts';
import { useMe } from '../../app/session.ts';
import { t } from '../../messages/catalogue.ts';
import { number } from '../../messages/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { Menu } from '../../ui/menu.tsx';
import type { People } from '../people.ts';

const TABS: readonly InboxTab[] = ['open', 'waiting', 'mine', 'ai', 'resolved'];
type Narrow = Omit<InboxFilter, 'tab'>;

/** What a tab counts; null: not known, or nothing worth a number. */
function tally(tab: InboxTab, counts: ChatCounts | null, ai: number | null): number | null {
  if (tab === 'resolved' || !counts) return null;
  return { open: counts.active, waiting: counts.unassigned, mine: counts.mine, ai }[tab];
}

/** Above the list: search, which conversations, and what narrows them down. */
export function ListHead({
  filter,
  counts,
  ai,
  query,
  field,
  people,
  onQuery,
  onFilter,
  onDown,
}: {
  readonly filter: InboxFilter;
  readonly counts: ChatCounts | null;
  /** AI chats, as far as they are known. */
  readonly ai: number | null;
  readonly query: string;
  readonly field: RefObject<HTMLInputElement | null>;
  readonly people: People;
  readonly onQuery: (query: string) => void;
  readonly onFilter: (filter: Partial<InboxFilter>) => void;
  /** From the field into the list. */
  readonly onDown: () => void;
}) {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      if (query === '') field.current?.blur();
      else onQuery('');
    } else if (event.key === 'ArrowDown') {
      event.preventDefault();
      onDown();
    }
  };
  return (
    <header className="conversations-head">
      <h1 id="inbox-title">{t.inbox.title}</h1>
      <div className="field">
        <Icon name="search" />
        <input
          ref={field}
          type="search"
          placeholder={t.inbox.search}
          aria-label={t.inbox.search}
          aria-keyshortcuts="/"
          autoComplete="off"
          spellCheck={false}
          enterKeyHint="search"
          maxLength={200}
          data-testid="inbox-search"
          value={query}
          onChange={(event) => onQuery(event.target.value)}
          onKeyDown={onKeyDown}
        />
        {query === '' ? (
          <kbd className="only-wide">/</kbd>
        ) : (
          <button className="icon-button icon-button-sm" type="button" aria-label={t.inbox.clearSearch} onClick={() => onQuery('')}>
            <Icon name="x" size="sm" />
          </button>
        )}
      </div>
      {query === '' && (
        <>
          <div className="tabs" role="group" aria-label={t.inbox.tabsLabel}>
            {TABS.map((tab) => {
              const n = tally(tab, counts, ai);
              return (
                <button
                  key={tab}
                  type="button"
                  aria-pressed={tab === filter.tab}
                  data-testid={`inbox-tab-${tab}`}
                  onClick={() => onFilter({ tab })}
                >
                  {t.inbox.tabs[tab]}
                  {n !== null && n > 0 && <span className="tally num">{number(n)}</span>}
                </button>
              );
            })}
          </div>
          <Filters filter={filter} people={people} onFilter={onFilter} />
        </>
      )}
    </header>
  );
}

function Filters({
  filter,
  people,
  onFilter,
}: {
  readonly filter: InboxFilter;
  readonly people: People;
  readonly onFilter: (filter: Partial<InboxFilter>) => void;
}) {
  const { sites } = useMe();
  const f = t.inbox.filters;
  const others = people.agents.filter(({ id }) => id !== people.self);
  const choices: {
    readonly key: keyof Narrow;
    readonly word: string;
    readonly options: readonly (readonly [value: string, word: string])[];
  }[] = [
    { key: 'source', word: f.source, options: CHAT_SOURCES.map((source) => [source, t.inbox.sources[source]]) },
    ...(filter.tab === 'mine'
      ? []
      : [
          {
            key: 'assignee' as const,
            word: f.assignee,
            options: [[people.self, f.me], ['none', f.nobody], ...others.map(({ id, name }) => [id, name] as const)] as const,
          },
        ]),
    ...(people.teams.length > 0
      ? [{ key: 'team' as const, word: f.team, options: people.teams.map(({ id, name }) => [id, name] as const) }]
      : []),
    ...(sites.length > 1 ? [{ key: 'site' as const, word: f.site, options: sites.map(({ id, name }) => [id, name] as const) }] : []),
  ];
  return (
    <div className="filters" role="group" aria-label={f.label}>
      {choices.map(({ key, word, options }) => {
        const value = filter[key];
        if (value !== undefined) {
          const said = `${word.toLowerCase()}: ${options.find(([one]) => one === value)?.[1] ?? value}`;
          return <Token key={key} said={said} onRemove={() => onFilter({ [key]: undefined })} />;
        }
        return (
          <Menu
            key={key}
            buttonClass="filter"
            buttonLabel={word}
            testId={`inbox-filter-${key}`}
            button={
              <>
                {word}
                <Icon name="down" size="xs" />
              </>
            }
            groups={[{ items: options.map(([one, label]) => ({ id: one, label, onSelect: () => onFilter({ [key]: one }) })) }]}
          />
        );
      })}
      <TagFilter tag={filter.tag} onTag={(tag) => onFilter({ tag })} />
    </div>
  );
}

function Token({ said, onRemove }: { readonly said: string; readonly onRemove: () => void }) {
  return (
    <span className="token" data-testid="inbox-token">
      <bdi className="truncate">{said}</bdi>
      <button type="button" aria-label={t.inbox.filters.remove(said)} onClick={onRemove}>
        <Icon name="x" size="xs" />
      </button>
    </span>
  );
}

/** Tags are free words: one is typed. */
function TagFilter({ tag, onTag }: { readonly tag: string | undefined; readonly onTag: (tag: string | undefined) => void }) {
  const [isOpen, setOpen] = useState(false);
  const f = t.inbox.filters;
  if (tag !== undefined) return <Token said={`${f.tag.toLowerCase()}: ${tag}`} onRemove={() => onTag(undefined)} />;
  if (!isOpen)
    return (
      <button type="button" className="filter" data-testid="inbox-filter-tag" onClick={() => setOpen(true)}>
        {f.tag}
        <Icon name="down" size="xs" />
      </button>
    );
  return (
    <input
      className="tag-field"
      aria-label={f.tagName}
      placeholder={f.tagName}
      autoComplete="off"
      maxLength={40}
      // It opens because it was asked for: the caret belongs in it.
      ref={(element) => element?.focus()}
      onBlur={() => setOpen(false)}
      onKeyDown={(event) => {
        const typed = event.currentTarget.value.trim();
        if (event.key === 'Enter' && typed !== '') onTag(typed);
        if (event.key === 'Enter' || event.key === 'Escape') setOpen(false);
      }}
    />
  );
}
