import type { ChatCommand } from '@foyer/domain/chat';
import type { VisitorChatUp } from '@foyer/protocol';

type Asked = Exclude<Extract<VisitorChatUp, { cid: string }>, { t: 'chat.say' | 'chat.mail' }>;

/** What a visitor's frame asks of a conversation that is known. */
export function visitorCommand(frame: Asked): Exclude<ChatCommand, { c: 'start' | 'invite' }> {
  const by = { kind: 'visitor' } as const;
  switch (frame.t) {
    case 'chat.answer':
      return { c: 'choose', by, cid: frame.cid, to: frame.to, button: frame.button };
    case 'chat.submit':
      return { c: 'submit', by, cid: frame.cid, to: frame.to, values: frame.values };
    case 'chat.rate':
      return { c: 'rate', by, cid: frame.cid, stars: frame.stars, comment: frame.comment };
    case 'chat.introduce': {
      const { name, email } = frame;
      return { c: 'introduce', by, contact: { ...(name === undefined ? {} : { name }), ...(email === undefined ? {} : { email }) } };
    }
    case 'chat.person':
      return { c: 'ask_for_person', by };
    case 'chat.end':
      return { c: 'resolve', by };
  }
}
