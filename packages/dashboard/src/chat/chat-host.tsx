import { useEffect } from 'react';
import { chatArrived } from '../app/late-chat.ts';
import { useChat } from './use-chat.ts';

/** Begins the chat once the page is there, whichever page it is: the badge, sounds and the map need it too. Draws nothing. */
export function ChatHost() {
  const chat = useChat();
  useEffect(() => {
    chatArrived(chat);
    return () => chatArrived(null);
  }, [chat]);
  return null;
}
