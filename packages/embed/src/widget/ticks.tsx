import { h } from 'preact';
import { CHECK, CHECKS, Icon } from './icon.tsx';
import { state } from './state.ts';

/** What became of the visitor's own words, with its word for who does not see the sign. */
export function Ticks({ seq }: { readonly seq: number }) {
  const { conversation, texts } = state;
  const { delivered, read } = conversation?.marks.team ?? { delivered: 0, read: 0 };
  const is = seq <= read ? 'read' : seq <= delivered ? 'delivered' : 'sent';
  return (
    <span class={`tick ${is}`}>
      <Icon d={is === 'sent' ? CHECK : CHECKS} />
      <span class="hidden">{texts[is]}</span>
    </span>
  );
}
