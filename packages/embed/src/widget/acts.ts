/** What is done to a conversation besides speaking (of the chunk of forms). */
import { act } from './speak.ts';
import { state } from './state.ts';

/** The conversation that commands are about; there is one whenever they can be given. */
const conversation = (): string => state.conversation!.id;

export const choose = (to: number, button: string) => act({ t: 'chat.answer', conversation: conversation(), to, button });
export const submit = (to: number, values: readonly { id: string; value: string }[]) =>
  act({ t: 'chat.submit', conversation: conversation(), to, values: [...values] });
export const rate = (stars: number, comment: string) => act({ t: 'chat.rate', conversation: conversation(), stars, comment });
export const introduce = (email: string) => act({ t: 'chat.introduce', conversation: conversation(), email });
export const endConversation = () => act({ t: 'chat.end', conversation: conversation() });
export const mailTranscript = (email: string) => act({ t: 'chat.mail', conversation: conversation(), email });
