import '../../app/palette/palette.css';
import { fold } from '@foyer/domain/rules';
import type { Availability, Conversation } from '@foyer/protocol';
import { type KeyboardEvent, useEffect, useId, useState } from 'react';
import { t } from '../../messages/catalogue.ts';
import { queryClient } from '../../app/query-client.ts';
import { chatAgentsQuery } from '../../api/chat-queries.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icons.tsx';
import type { InboxActs } from '../inbox-act.ts';
import { InboxIcon } from '../inbox-icon.tsx';
import type { People } from '../people.ts';

const DOTS: Readonly<Record<Availability, string>> = { online: 'active', away: 'unassigned', offline: 'inactive' };
const ORDER: readonly Availability[] = ['online', 'away', 'offline'];

interface Choice {
  readonly id: string;
  readonly group: string;
  readonly word: string;
  readonly run: () => void;
  readonly agent?: People['agents'][number];
}

/** `A`: to whom. Typed, arrowed, entered; a combobox as the palette is one. */
export function AssignDialog({
  conversation,
  people,
  acts,
  onClose,
}: {
  readonly conversation: Conversation;
  readonly people: People;
  readonly acts: InboxActs;
  readonly onClose: () => void;
}) {
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const id = useId();
  const w = t.inbox.assignTo;
  // Who is here and how much they have moves with every chat.
  useEffect(() => void queryClient.invalidateQueries({ queryKey: chatAgentsQuery.queryKey }), []);

  const { owner } = conversation;
  const agents = people.agents
    .filter((agent) => !(owner.kind === 'agent' && owner.id === agent.id))
    .toSorted(
      (a, b) =>
        Number(b.id === people.self) - Number(a.id === people.self) || ORDER.indexOf(a.availability) - ORDER.indexOf(b.availability),
    );
  const all: Choice[] = [
    ...agents.map((agent) => ({
      id: agent.id,
      group: w.colleagues,
      word: agent.name,
      agent,
      run: () =>
        void (agent.id === people.self && owner.kind === 'nobody' ? acts.accept(conversation.id) : acts.assign(conversation.id, agent.id)),
    })),
    ...people.teams.map((team) => ({
      id: team.id,
      group: w.teams,
      word: team.name,
      run: () => void acts.transfer(conversation.id, team.id),
    })),
    ...(owner.kind === 'agent' && owner.id === people.self
      ? [{ id: 'queue', group: w.nobody, word: w.queue, run: () => void acts.release(conversation.id) }]
      : []),
  ];
  const typed = fold(query.trim());
  const choices = all.filter(({ word }) => fold(word).includes(typed));
  const active = choices[Math.min(at, choices.length - 1)];
  const choose = (choice: Choice): void => {
    onClose();
    choice.run();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || choices.length === 0) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setAt((Math.min(at, choices.length - 1) + step + choices.length) % choices.length);
    } else if (event.key === 'Enter' && active) {
      event.preventDefault();
      choose(active);
    }
  };
  return (
    <Dialog label={w.title} className="palette assign" testId="assign-dialog" onClose={onClose}>
      <div className="palette-field">
        <InboxIcon name="assign" />
        <input
          type="text"
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}list`}
          aria-activedescendant={active ? `${id}${active.id}` : undefined}
          aria-label={w.find}
          placeholder={w.find}
          autoComplete="off"
          spellCheck={false}
          value={query}
          data-testid="assign-find"
          onChange={(event) => {
            setQuery(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        <button className="icon-button icon-button-sm" type="button" aria-label={t.shell.close} onClick={onClose}>
          <Icon name="x" size="sm" />
        </button>
      </div>
      <div className="palette-list" id={`${id}list`} role="listbox" aria-label={w.title}>
        {choices.map((choice, i) => (
          <div key={choice.id}>
            {choices[i - 1]?.group !== choice.group && (
              <div className="menu-label" aria-hidden="true">
                {choice.group}
              </div>
            )}
            <div
              id={`${id}${choice.id}`}
              className="menu-item assign-choice"
              role="option"
              tabIndex={-1}
              aria-selected={choice === active}
              data-testid="assign-choice"
              data-id={choice.id}
              onPointerMove={() => setAt(i)}
              onClick={() => choose(choice)}
            >
              {choice.agent ? <Avatar name={choice.word} size="sm" /> : <InboxIcon name="transfer" />}
              <bdi className="truncate">{choice.id === people.self ? t.inbox.assignToMe : choice.word}</bdi>
              <span className="spacer" />
              {choice.agent && (
                <span className="assign-state num">
                  <i className="dot" data-status={DOTS[choice.agent.availability]} />
                  {w.availability[choice.agent.availability]}
                  {' · '}
                  {choice.agent.load >= choice.agent.capacity ? w.full : w.load(choice.agent.load, choice.agent.capacity)}
                </span>
              )}
            </div>
          </div>
        ))}
        {choices.length === 0 && <p className="palette-nothing">{w.none}</p>}
      </div>
    </Dialog>
  );
}
