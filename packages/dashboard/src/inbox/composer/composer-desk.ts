import type { Message } from '@foyer/protocol';

export type Mode = 'reply' | 'note';

/** What other parts of the inbox ask of the composer. */
export interface ComposerDesk {
  /** `R` and `N`: puts the caret into the composer, in this mode; the draft stays. */
  focus(conversation: string, mode: Mode): void;
  /** Puts an own message into the composer to be changed; what stood there comes back afterwards. */
  edit(conversation: string, message: Message): void;
}
export const desk: ComposerDesk = {
  focus: () => {},
  edit: () => {},
};
