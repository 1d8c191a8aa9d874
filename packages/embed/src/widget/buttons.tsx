import { h } from 'preact';
import type { VisitorMessage } from '@foyer/protocol/link';
import { isAnswering } from './bubble.tsx';
import { CHECK, Icon } from './icon.tsx';
import { choose } from './acts.ts';
import { state } from './state.ts';

export function Buttons({ message: { seq, body, answeredBy } }: { readonly message: VisitorMessage }) {
  if (body.kind !== 'buttons') return null;
  const answer = state.line.messages.find((one) => one.seq === answeredBy)?.body;
  const chosen = isAnswering(seq) ?? (answer?.kind === 'choice' ? answer.button : undefined);
  return (
    <div class="btns">
      {body.buttons.map(({ id, label }) => (
        <button type="button" class={id === chosen ? 'on' : ''} disabled={answeredBy > 0 || chosen != null} onClick={() => choose(seq, id)}>
          {id === chosen && <Icon d={CHECK} />}
          {label}
        </button>
      ))}
    </div>
  );
}
