import type { ChatYou, PublicLook, VisitorChatUp, VisitorConversation, VisitorMessage } from '@foyer/protocol/link';
import { type Line, newLine } from '@foyer/domain/link';
import type { Texts } from './texts/en.ts';

/** What the visitor does to a conversation: repeated until it is acknowledged. */
export type Said = Extract<VisitorChatUp, { cid: string }>;
export type SaidWords = Extract<Said, { t: 'chat.say' }>;
/** `first`: name, address, team and words before a conversation, in and out of hours. */
export type View = 'home' | 'first' | 'talk';
export interface Upload {
  readonly key: string;
  readonly file: File;
  /** Share that has left, 0 to 1. */
  readonly share: number;
  /** Its id on the server; '' until it is there. */
  readonly id: string;
  /** Of a picture, for as long as the page lives; ''. */
  readonly preview: string;
  readonly failed: boolean;
}
/** Acknowledged, and not yet come back as a message: shown so that nothing flickers. */
export interface Sent {
  readonly frame: SaidWords;
  readonly seq: number;
}

export interface State {
  readonly look: PublicLook | null;
  readonly texts: Texts;
  readonly language: string;
  readonly theme: 'light' | 'dark';
  readonly isOpen: boolean;
  /** By `foyer('hide')`. */
  readonly isHidden: boolean;
  readonly view: View;
  /** The server's answer to hello; null before it. */
  readonly you: ChatYou | null;
  /** Time of the server minus performance.now(), ms. */
  readonly clockMs: number;
  readonly conversation: VisitorConversation | null;
  readonly line: Line<Said, VisitorMessage>;
  readonly sent: readonly Sent[];
  /** Files of messages that are on their way, by file id, to be shown from here until they come back. */
  readonly own: Readonly<Record<string, Upload>>;
  readonly isConnected: boolean;
  /** Has been without a connection for long enough to say so. */
  readonly isCut: boolean;
  /** Who is typing; null: nobody. */
  readonly typing: string | null;
  readonly queue: { readonly position: number; readonly waitMs: number } | null;
  readonly uploads: readonly Upload[];
  /** A sentence to the visitor over the composer; ''. */
  readonly notice: string;
  readonly popover: '' | 'menu' | 'emoji' | 'transcript' | 'email';
  /** Fields that were left wrong, by form and field. */
  readonly errors: Readonly<Record<string, string>>;
  readonly stars: number;
  readonly isRated: boolean;
  readonly skipsEmail: boolean;
  readonly isMuted: boolean;
  /** The invitation whose card is up; ''. */
  readonly card: string;
  /** Said once by the screen reader. */
  readonly spoken: string;
  /** Words of a quick question, or of the page, to begin with. */
  readonly draft: string;
}

export let state: State = {
  look: null,
  texts: {} as Texts,
  language: 'en',
  theme: 'light',
  isOpen: false,
  isHidden: false,
  view: 'home',
  you: null,
  clockMs: 0,
  conversation: null,
  line: newLine(),
  sent: [],
  own: {},
  isConnected: false,
  isCut: false,
  typing: null,
  queue: null,
  uploads: [],
  notice: '',
  popover: '',
  errors: {},
  stars: 0,
  isRated: false,
  skipsEmail: false,
  isMuted: false,
  card: '',
  spoken: '',
  draft: '',
};

let draw = (): void => {};
let isDue = false;
export const drawWith = (run: () => void): void => void (draw = run);

/** The one way to change anything. Drawn once, when all that happens now has happened. */
export function change(part: Partial<State>): void {
  state = { ...state, ...part };
  if (isDue) return;
  isDue = true;
  queueMicrotask(() => {
    isDue = false;
    draw();
  });
}

/** The conversation takes words without a form before it. */
export const isGoingOn = ({ conversation }: State): boolean => !!conversation && conversation.status !== 'resolved';
/** What a visitor may be shown, oldest first. */
export const shown = ({ line }: State): readonly VisitorMessage[] => line.messages.filter(({ gone }) => gone !== 'undone');
const isTheirs = ({ from }: VisitorMessage): boolean => from.kind === 'agent' || from.kind === 'ai';
/** Words of the team that this visitor has not read. */
export const unread = (from: State): readonly VisitorMessage[] =>
  shown(from).filter(
    (message) => isTheirs(message) && message.body.kind !== 'event' && message.seq > (from.conversation?.marks.visitor.read ?? 0),
  );
