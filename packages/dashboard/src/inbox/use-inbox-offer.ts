import type { ConversationStatus } from '@foyer/protocol';
import type { Command } from '../app/palette/commands.ts';
import { useOffer } from '../app/palette/offered.ts';
import { t } from '../messages/catalogue.ts';

/** What can be done with the open conversation, for the palette. */
export function useInboxOffer(q: {
  readonly conversation: string | null;
  readonly status: ConversationStatus | undefined;
  readonly resolve: () => void;
  readonly assign: () => void;
  readonly tag: () => void;
  readonly reply: () => void;
  readonly note: () => void;
  readonly accept: () => void;
}): void {
  const { conversation, status } = q;
  const w = t.inbox;
  const command = (id: string, icon: Command['icon'], label: string, run: () => void, key?: string): Command => ({
    id: `conversation ${id}`,
    group: 'conversation',
    icon,
    label,
    run,
    ...(key ? { keys: [key] } : {}),
  });
  const isOpen = status === 'unassigned' || status === 'assigned' || status === 'ai';
  const commands =
    conversation === null || status === undefined
      ? []
      : [
          ...(status === 'unassigned' ? [command('accept', 'check', w.accept, q.accept)] : []),
          ...(isOpen ? [command('reply', 'send', w.chosen.reply, q.reply, 'R')] : []),
          command('note', 'note', w.note, q.note, 'N'),
          ...(isOpen ? [command('assign', 'user', w.assign, q.assign, 'A')] : []),
          command('resolve', 'check', status === 'resolved' ? w.reopen : w.resolve, q.resolve, 'E'),
          command('tags', 'bookmark', w.addTags, q.tag),
        ];
  useOffer(`${conversation ?? ''} ${status ?? ''}`, commands);
}
