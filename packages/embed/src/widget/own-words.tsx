import { Fragment, h } from 'preact';
import { draw, Said, Values } from './bubble.tsx';
import { files, forms } from './chunks.ts';
import { CLOCK, Icon } from './icon.tsx';
import { type Said as SaidFrame, state } from './state.ts';
import { Ticks } from './ticks.tsx';

/** What was said and has not come back yet: each says itself where it stands. */
export function OwnWords() {
  const { sent, line, isConnected, texts } = state;
  return (
    <Fragment>
      {sent.map(({ frame, seq }) => (
        <div class="msg me" key={frame.cid}>
          <Own frame={frame} />
          <p class="meta">
            <Ticks seq={seq} />
          </p>
        </div>
      ))}
      {line.outgoing.map(({ frame, failed }) =>
        frame.t === 'chat.say' || frame.t === 'chat.answer' || frame.t === 'chat.submit' ? (
          <div class="msg me" key={frame.cid}>
            <Own frame={frame} />
            {failed ? (
              draw(forms(), ({ Failed }) => <Failed cid={frame.cid} code={failed} />)
            ) : (
              <p class="meta">
                <Icon d={CLOCK} />
                {isConnected ? texts.sending : texts.waiting}
              </p>
            )}
          </div>
        ) : null,
      )}
    </Fragment>
  );
}

function Own({ frame }: { readonly frame: SaidFrame }) {
  const { line } = state;
  if (frame.t === 'chat.say') {
    const { body } = frame;
    return (
      <Fragment>
        {body.text && <Said text={body.text} />}
        {body.kind === 'attachment' && draw(files(), ({ OwnFiles }) => <OwnFiles ids={body.files} />)}
      </Fragment>
    );
  }
  const about = 'to' in frame ? line.messages.find(({ seq }) => seq === frame.to)?.body : undefined;
  if (frame.t === 'chat.answer')
    return <Said text={(about?.kind === 'buttons' && about.buttons.find(({ id }) => id === frame.button)?.label) || '…'} />;
  if (frame.t !== 'chat.submit' || about?.kind !== 'form') return null;
  return <Values of={frame.values.map(({ id, value }) => [about.fields.find((field) => field.id === id)?.label ?? id, value])} />;
}
