/** The card by which an agent says hello first (a chunk). */
import { h } from 'preact';
import { dismissCard, invitation } from './card.ts';
import { Face } from './face.tsx';
import { Icon } from './icon.tsx';
import { X } from './icons-more.ts';
import css from './invitation.css';
import { open } from './panel-state.ts';
import { adopt } from './stage.ts';
import { state } from './state.ts';
import { Words } from './words.tsx';

adopt(css);

export { offerCard } from './card.ts';

/** Face, name, words, one question. */
export function Card() {
  const { texts, look } = state;
  const message = invitation();
  if (!message || !('text' in message.body)) return null;
  const { from, body } = message;
  return (
    <div class="card" role="group" aria-label={texts.from(from.name)}>
      <header>
        <Face of={from} />
        <p>
          <b>{from.name}</b>
          {look!.teamName}
        </p>
        <button class="tool" type="button" aria-label={texts.dismiss} onClick={dismissCard}>
          <Icon d={X} />
        </button>
      </header>
      <p class="text">
        <Words text={body.text} />
      </p>
      <div class="quick">
        <button class="act" type="button" onClick={() => open('talk')}>
          {texts.answer}
        </button>
        <button class="plain" type="button" onClick={dismissCard}>
          {texts.notNow}
        </button>
      </div>
    </div>
  );
}
