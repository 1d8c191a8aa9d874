import type { Conversation } from '@foyer/protocol';

/** Who the visitor is, in the order of the look: person, place and browser, custom data, pages, earlier, tags, notes. */
export function ProfilePanel({
  conversation,
  onClose,
}: {
  readonly conversation: Conversation;
  readonly onClose?: (() => void) | undefined;
}) {
  return <aside className="profile" data-testid="profile" data-conversation={conversation.id} hidden={onClose === undefined} />;
}
