import type { Conversation } from '@foyer/protocol';

/**
 * The dock under a transcript: what happens now (typing, its preview), then the composer, the AI-owns-it bar, *Accept* or *Reopen*,
 * whichever the conversation's state asks for.
 */
export function Composer({ conversation }: { readonly conversation: Conversation }) {
  return <footer className="dock" data-testid="composer" data-conversation={conversation.id} />;
}
