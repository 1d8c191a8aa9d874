import './composer.css';
import type { ChatRefusal, Conversation } from '@foyer/protocol';
import { useState } from 'react';
import { useChat, useConversation, useVisitorTyping } from '../../chat/use-chat.ts';
import { nameOf, usePeople } from '../people.ts';
import { ComposerForm } from './composer-form.tsx';
import { useDraft } from './composer-desk.ts';
import { modeOf } from './drafts.ts';
import { StateBar } from './state-bar.tsx';
import { TypingDock } from './typing-dock.tsx';

/**
 * The dock under a transcript: what happens now (typing, its preview), then the composer, or the bar that says who answers here and how
 * to. A note can be written in every state.
 */
export function Composer({ conversation, name = nameOf(conversation) }: { readonly conversation: Conversation; readonly name?: string }) {
  const chat = useChat();
  const people = usePeople();
  const open = useConversation(conversation.id);
  const typing = useVisitorTyping(conversation.id);
  const draft = useDraft(conversation.id);
  const [asked, setAsked] = useState<ChatRefusal | null>(null);
  const { owner, status } = conversation;
  const mayReply = owner.kind === 'agent' && owner.id === chat.self && status !== 'resolved';
  const isWriting = mayReply || modeOf(draft) === 'note' || draft.editing !== null;
  return (
    <footer className="dock" data-testid="composer" data-conversation={conversation.id}>
      <TypingDock name={name} typing={typing} lookers={open?.lookers ?? []} people={people} />
      {isWriting ? (
        <ComposerForm key={conversation.id} conversation={conversation} name={name} mayReply={mayReply} people={people} />
      ) : (
        <StateBar conversation={conversation} name={name} people={people} asked={asked} onAsked={setAsked} />
      )}
    </footer>
  );
}
