import type { ChatState, Faces } from '@foyer/domain/chat';
import type { ChatFile, Message } from '@foyer/protocol';
import type { MailFile, MailLine } from './mail-body.ts';

/** Words for the visitor that they have neither read nor been mailed, oldest first. */
export function unreadReplies(state: Pick<ChatState, 'visitorMarks'>, messages: readonly Message[], mailedSeq: number): Message[] {
  const seen = Math.max(state.visitorMarks.read, mailedSeq);
  return messages.filter((message) => message.seq > seen && isReply(message));
}

/** Something an agent or AI agent said to the visitor, and did not take back. */
export const isReply = ({ from, body, gone }: Message): boolean =>
  (from.kind === 'agent' || from.kind === 'ai') && gone === '' && body.kind !== 'note' && body.kind !== 'event';

/** A message as a mail shows it; null: not for the visitor, or nothing to show. */
export function lineOf(
  message: Message,
  q: { readonly faces: Faces; readonly fileOf: (file: ChatFile) => MailFile; readonly ratingWord: string },
): MailLine | null {
  const { body, from, at, gone } = message;
  if (body.kind === 'note' || body.kind === 'event' || from.kind === 'system' || gone === 'undone') return null;
  const name = from.kind === 'agent' || from.kind === 'ai' ? q.faces(from.kind, from.id).name : '';
  const line = { mine: from.kind === 'visitor', name, at, text: '', files: [], items: [], deleted: gone !== '' };
  if (gone !== '') return line;
  switch (body.kind) {
    case 'text':
      return { ...line, text: body.text };
    case 'attachment':
      return { ...line, text: body.text, files: body.files.map(q.fileOf) };
    case 'buttons':
      return { ...line, text: body.text, items: body.buttons.map(({ label }) => label) };
    case 'form':
      return { ...line, text: body.text, items: body.fields.map(({ label }) => label) };
    case 'choice':
      return { ...line, text: body.label };
    case 'submission':
      return { ...line, items: body.values.map(({ label, value }) => `${label}: ${value}`) };
    case 'rating':
      return { ...line, text: body.comment, items: [`${q.ratingWord}: ${'★'.repeat(body.stars)}${'☆'.repeat(5 - body.stars)}`] };
  }
}
