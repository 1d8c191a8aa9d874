/** All that a visitor can do to a conversation, each with an id of its own, so that it is stored once however often it is sent. */
import { isFull } from '@foyer/domain/link';
import { CHAT_LIMITS } from '@foyer/protocol/link';
import { hello, step, tellPage } from './session.ts';
import { change, type Said, type SaidWords, state, type Upload } from './state.ts';

type Bare<T> = T extends Said ? Omit<T, 'cid'> : never;

const cid = (): string => `m-${[...crypto.getRandomValues(new Uint8Array(12))].map((part) => part.toString(36)).join('')}`;
/** As much of its beginning as one message takes beside `after`. Cost: the limit, however long the text is. */
export const fitting = (text: string, after = ''): string =>
  text.slice(0, new TextEncoder().encodeInto(text, new Uint8Array(CHAT_LIMITS.textBytes - new TextEncoder().encode(after).length)).read);

/** false: it was not taken, and the visitor was told why. */
export function act(frame: Bare<Said>): boolean {
  if (isFull(state.line)) {
    change({ notice: state.texts.refused.full });
    return false;
  }
  hello();
  tellPage();
  step({ e: 'say', frame: { ...frame, cid: cid() } as Said });
  return true;
}

/** Words, with the files that are uploaded; `first` counts when they begin a conversation. */
export function sayWords(text: string, files: readonly Upload[] = [], first: Pick<SaidWords, 'contact' | 'team'> = {}): boolean {
  if (fitting(text) !== text) {
    change({ notice: state.texts.refused.long });
    return false;
  }
  const body: SaidWords['body'] = files[0] ? { kind: 'attachment', text, files: files.map(({ id }) => id) } : { kind: 'text', text };
  if (!act({ t: 'chat.say', body, ...first })) return false;
  change({ notice: '', view: 'talk', own: { ...state.own, ...Object.fromEntries(files.map((upload) => [upload.id, upload])) } });
  return true;
}

export const askForPerson = () => act({ t: 'chat.person', conversation: state.conversation!.id });
