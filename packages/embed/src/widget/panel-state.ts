/** Opening, closing, and which of its three views the panel shows. */
import { offerCard } from './chunks.ts';
import { mark, tellMarks } from './notice.ts';
import { hello } from './session.ts';
import { sayWords } from './speak.ts';
import { change, isGoingOn, state, type View } from './state.ts';
import { emit, say } from './tracker.ts';

export function open(view: View = isGoingOn(state) ? 'talk' : 'home'): void {
  const wasOpen = state.isOpen;
  hello();
  change({ isOpen: true, isHidden: false, view, card: '', popover: '' });
  mark();
  if (wasOpen) return;
  say({ t: 'chat.shown', open: true });
  emit('open');
}
export function close(): void {
  if (!state.isOpen) return;
  tellMarks();
  change({ isOpen: false, popover: '' });
  say({ t: 'chat.shown', open: false });
  emit('close');
  offerCard();
}
export const hide = (): void => {
  close();
  change({ isHidden: true, card: '' });
};
export const show = (view: View): void => {
  tellMarks();
  change({ view, popover: '', errors: {}, notice: '' });
  mark();
};

/** Nobody is there by the team's hours: a message is left rather than a chat begun. */
export const isClosed = (): boolean => (state.you ?? state.look!).team.state === 'closed';
/** Something is asked before the first words of a conversation. */
const asksFirst = (): boolean => {
  const { askName, askEmail, askTeam, teams } = state.look!;
  return isClosed() || askName !== 'no' || askEmail !== 'no' || (askTeam && !!teams[0]);
};

/** A conversation begins, maybe with words: of a quick question, which are sent, or of the page, which wait to be sent. */
export function begin(text = '', isSent = false): void {
  if (isGoingOn(state)) return isSent ? void sayWords(text) : (change({ draft: text }), show('talk'));
  if (asksFirst()) {
    change({ draft: text });
    show('first');
  } else if (isSent) sayWords(text);
  else {
    change({ draft: text });
    show('talk');
  }
}
