/** When the card of an invitation comes up: once in a tab, with the panel closed, and never while a form of the page is being filled in. */
import { keep, recall } from './kept.ts';
import { change, shown, state } from './state.ts';
import { emit, say } from './tracker.ts';

/** Its words; undefined: there is none, or they have not come yet. */
export const invitation = () => (state.conversation?.invitation ? shown(state).findLast(({ from }) => from.kind === 'agent') : undefined);

/** In a field, or in a form at all: a card over it, or focus taken from it, would cost the shop an order. */
const isFilling = (): boolean => {
  const { activeElement } = document;
  return !!activeElement?.closest('input,textarea,select,[contenteditable],form') && activeElement.localName !== 'foyer-widget';
};

export function offerCard(): void {
  const { conversation, isOpen, isHidden, card } = state;
  const words = invitation();
  if (!words || words.body.kind === 'event') return void (card && change({ card: '' }));
  const { id } = conversation!;
  if (isOpen || isHidden || card || recall().seen === id || document.hidden) return;
  if (isFilling()) return void addEventListener('focusout', () => setTimeout(offerCard, 1_000), { once: true });
  keep({ seen: id });
  change({ card: id });
  emit('invitation');
  say({ t: 'chat.invitation', conversation: id, act: 'seen' });
}

export function dismissCard(): void {
  say({ t: 'chat.invitation', conversation: state.card, act: 'dismissed' });
  change({ card: '' });
}
