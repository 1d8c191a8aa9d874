import { h } from 'preact';
import { draw } from './bubble.tsx';
import { forms } from './chunks.ts';
import { Face } from './face.tsx';
import { BACK, DOTS, DOWN, Icon } from './icon.tsx';
import { close, isClosed, show } from './panel-state.ts';
import { change, isGoingOn, state } from './state.ts';
import { when } from './times.ts';

/** One sentence about the team. */
export function teamLine(isShort?: boolean): string {
  const { texts, you, look } = state;
  const { state: is, backAt } = (you ?? look!).team;
  if (is === 'closed') return texts.closed(backAt ? when(backAt) : '');
  if (isShort) return is === 'online' ? texts.onlineShort : texts.awayShort;
  return is === 'online' ? texts.online : texts.away;
}

/** Who answers, and how soon. */
export function Header() {
  const { texts, look, conversation, view, popover, you, isCut } = state;
  const owner = isGoingOn(state) ? conversation?.owner : null;
  const first = look!.faces[0];
  const title = owner?.name || (view === 'first' ? (isClosed() ? texts.awayTitle : texts.startTitle) : look!.teamName || texts.chat);
  const isHere = !isCut && (you ?? look!).team.state === 'online';
  return (
    <header class="top">
      <button class="tool" type="button" aria-label={texts.back} onClick={() => show('home')}>
        <Icon d={BACK} flip />
      </button>
      <span class={isHere && owner?.kind !== 'ai' ? 'here' : ''}>
        <Face of={owner ?? first ?? { name: look!.teamName, face: '' }} />
      </span>
      <div>
        <h2>{title}</h2>
        <p>{owner?.kind === 'ai' ? texts.aiOf(look!.teamName) : teamLine(true)}</p>
      </div>
      {view === 'talk' && (
        <button
          class="tool"
          type="button"
          aria-label={texts.menu}
          aria-expanded={popover === 'menu'}
          onClick={() => change({ popover: popover === 'menu' ? '' : 'menu' })}
        >
          <Icon d={DOTS} />
        </button>
      )}
      <button class="tool" type="button" aria-label={texts.close} onClick={close}>
        <Icon d={DOWN} />
      </button>
      {popover === 'menu' && draw(forms(), ({ Menu }) => <Menu />)}
    </header>
  );
}
