/** The picker (its own chunk): what people write in a chat with a shop, by mood. No search and no skin tones: a phone's keyboard has those. */
import css from './emoji.css';
import { adopt, shadow } from './stage.ts';
import { change, state } from './state.ts';

adopt(css);

const EMOJI =
  '😀 😃 😄 😁 😅 😂 🙂 😉 😊 😍 😘 😜 🤔 🤗 😎 🥳 😐 🙄 😬 😴 😕 😟 😢 😭 😡 😱 🤯 🥺 👍 👎 👌 🙏 👏 🙌 💪 👋 🤝 ✌️ 🤞 👀 ❤️ 💙 💚 💛 🧡 💜 💔 ✨ 🔥 🎉 🎁 💯 ✅ ❌ ❓ ❗ ⭐ ⏰ 📦 🚚 🛒 💳 📷 📎 📞 ✉️ 🏠 ☀️ 🌧️ ☕'.split(
    ' ',
  );
/** Columns, for the arrow keys. */
const COLUMNS = 8;

/**
 * Fills the place that was made for it; arrow keys walk, Enter puts one in where the cursor of `field` is. The name of an emoji is what the
 * screen reader says of the sign itself.
 */
export function fillPicker(field: HTMLTextAreaElement): void {
  const place = shadow()?.querySelector<HTMLElement>('.emoji');
  if (!place || place.firstChild) return;
  const take = (emoji: string): void => {
    const { selectionStart, selectionEnd } = field;
    field.setRangeText(emoji, selectionStart, selectionEnd, 'end');
    change({ popover: '' });
    field.focus();
    field.dispatchEvent(new Event('input'));
  };
  place.setAttribute('role', 'group');
  place.setAttribute('aria-label', state.texts.emoji);
  const buttons = EMOJI.map((emoji, i) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = emoji;
    button.tabIndex = i ? -1 : 0;
    button.addEventListener('click', () => take(emoji));
    return button;
  });
  place.append(...buttons);
  place.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS }[event.key];
    if (!step) return;
    event.preventDefault();
    const towards = place.matches(':dir(rtl)') && Math.abs(step) === 1 ? -step : step;
    const at = buttons.indexOf((place.getRootNode() as ShadowRoot).activeElement as HTMLButtonElement);
    const next = buttons[at + towards];
    if (!next) return;
    buttons[at]!.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });
  buttons[0]!.focus();
}
