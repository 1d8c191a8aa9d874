/** The picker (its own chunk): what people write in a chat with a shop, by mood. No search and no skin tones: a phone's keyboard has those. */
import css from './emoji.css';
import { adopt } from './stage.ts';

adopt(css);

const EMOJI =
  '😀 😃 😄 😁 😅 😂 🙂 😉 😊 😍 😘 😜 🤔 🤗 😎 🥳 😐 🙄 😬 😴 😕 😟 😢 😭 😡 😱 🤯 🥺 👍 👎 👌 🙏 👏 🙌 💪 👋 🤝 ✌️ 🤞 👀 ❤️ 💙 💚 💛 🧡 💜 💔 ✨ 🔥 🎉 🎁 💯 ✅ ❌ ❓ ❗ ⭐ ⏰ 📦 🚚 🛒 💳 📷 📎 📞 ✉️ 🏠 ☀️ 🌧️ ☕'.split(
    ' ',
  );
/** Columns, for the arrow keys. */
const COLUMNS = 8;

/** Fills `place`; arrow keys walk, Enter takes. The name of an emoji is what the screen reader says of the sign itself. */
export function fillPicker(place: HTMLElement, label: string, take: (emoji: string) => void): void {
  place.setAttribute('role', 'group');
  place.setAttribute('aria-label', label);
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
