import { type ComponentChild, Fragment, h } from 'preact';
import type { VisitorMessage } from '@foyer/protocol/link';
import { files, forms } from './chunks.ts';
import { state } from './state.ts';
import { Words } from './words.tsx';

/** What a message says, in the shape of its kind. */
export function Bubble({ message }: { readonly message: VisitorMessage }) {
  const { body, gone } = message;
  if (gone) return <div class="say gone">{state.texts.deleted}</div>;
  switch (body.kind) {
    case 'attachment':
      return (
        <Fragment>
          {body.text && <Said text={body.text} />}
          {draw(files(), ({ Files }) => (
            <Files of={body.files} />
          ))}
        </Fragment>
      );
    case 'buttons':
      return (
        <Fragment>
          <Said text={body.text} />
          {draw(forms(), ({ Buttons }) => (
            <Buttons message={message} />
          ))}
        </Fragment>
      );
    case 'form':
      return message.answeredBy || isAnswering(message.seq) != null ? (
        <Said text={body.text} />
      ) : (
        draw(forms(), ({ MessageForm }) => <MessageForm seq={message.seq} body={body} />)
      );
    case 'choice':
      return <Said text={body.label} />;
    case 'submission':
      return <Values of={body.values.map(({ label, value }) => [label, value])} />;
    case 'text':
      return (
        <Fragment>
          <Said text={body.text} />
          {body.sources?.[0] && draw(forms(), ({ Sources }) => <Sources of={body.sources!} />)}
        </Fragment>
      );
    default:
      return null;
  }
}
/** Nothing while the chunk is under way. */
export const draw = <T,>(chunk: T | undefined, run: (chunk: T) => ComponentChild) => chunk && run(chunk);
export const Said = ({ text }: { readonly text: string }) => (
  <div class="say" dir="auto">
    <Words text={text} />
  </div>
);
export const Values = ({ of: values }: { readonly of: readonly (readonly [string, string])[] }) => (
  <dl class="say">
    {values.map(([label, value]) => (
      <div>
        <dt>{label}</dt>
        <dd dir="auto">{value}</dd>
      </div>
    ))}
  </dl>
);

/** An answer on its way counts as one: nobody clicks twice. */
export const isAnswering = (seq: number): string | undefined => {
  for (const { frame } of state.line.outgoing)
    if ((frame.t === 'chat.answer' || frame.t === 'chat.submit') && frame.to === seq) return 'button' in frame ? frame.button : '';
  return undefined;
};

/** What happened, small and centred; '' for what is nobody's business but the team's. */
export function eventText({ body, from }: VisitorMessage): string {
  const { texts } = state;
  if (body.kind === 'rating') return [texts.rated(body.stars), body.comment].filter(Boolean).join(' · ');
  if (body.kind !== 'event') return '';
  switch (body.event) {
    case 'accepted':
    case 'taken_over':
      return from.name && texts.joined(from.name);
    case 'handed_to_ai':
      return texts.aiJoined;
    case 'asked_for_person':
      return texts.asked;
    case 'transferred':
    case 'released':
      return texts.passedOn;
    case 'resolved':
      return texts.closedBy(from.name);
    case 'ended':
      return texts.ended;
    case 'reopened':
      return texts.goesOn;
    default:
      return '';
  }
}
