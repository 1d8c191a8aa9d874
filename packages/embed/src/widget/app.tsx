import { Fragment, h } from 'preact';
import { draw } from './bubble.tsx';
import { cards } from './chunks.ts';
import { BUBBLE, DOWN, Icon } from './icon.tsx';
import { Panel } from './panel.tsx';
import { close, open } from './panel-state.ts';
import { state, unread } from './state.ts';

/** Everything on the page: launcher, panel or card, and the voice for screen readers, which says new messages also while the panel is closed. */
export function App() {
  const { isOpen, card, spoken } = state;
  return (
    <Fragment>
      {isOpen && <Panel />}
      {card && !isOpen && draw(cards(), ({ Card }) => <Card />)}
      <Launcher />
      <p class="hidden" role="status">
        {spoken}
      </p>
    </Fragment>
  );
}

function Launcher() {
  const { isOpen, texts } = state;
  const count = unread(state).length;
  const label = isOpen ? texts.close : count ? `${texts.open}, ${texts.unread(count)}` : texts.open;
  return (
    <button
      id="launcher"
      class="launcher"
      type="button"
      aria-label={label}
      aria-expanded={isOpen}
      onClick={() => (isOpen ? close() : open())}
    >
      <Icon d={isOpen ? DOWN : BUBBLE} />
      {!isOpen && count > 0 && <span class="unread">{count > 9 ? '9+' : count}</span>}
    </button>
  );
}
