import { Fragment, h } from 'preact';
import { Form, type Question } from './fields.tsx';
import { Icon } from './icon.tsx';
import { STAR } from './icons-more.ts';
import { keep } from './kept.ts';
import { introduce, mailTranscript, rate } from './acts.ts';
import { change, state } from './state.ts';
import { type Step } from './next-steps.ts';

/** Each stands after the last message, can be left alone, and one can write beside it. */
export const Steps = ({ steps }: { readonly steps: readonly Step[] }) => (
  <Fragment>{steps.map((step) => (step === 'email' ? <CaptureEmail /> : step === 'transcript' ? <Transcript /> : <Rating />))}</Fragment>
);

const address = (): Question => ({ id: 'email', label: state.texts.email, type: 'email', required: true, hint: 'name@example.com' });

/** After the first message, never before it. */
function CaptureEmail() {
  const { texts } = state;
  const leave = (): void => {
    keep({ skipsEmail: true });
    change({ skipsEmail: true, popover: '', errors: {} });
  };
  return (
    <Form
      id="capture"
      class="box form"
      title={texts.capture}
      of={[address()]}
      label={texts.save}
      onDone={({ email }) => {
        introduce(email!);
        leave();
      }}
    >
      <button class="plain" type="button" onClick={leave}>
        {texts.notNow}
      </button>
    </Form>
  );
}

function Transcript() {
  const { texts } = state;
  return (
    <Form
      id="transcript"
      class="box form"
      title={texts.transcript}
      of={[address()]}
      label={texts.send}
      onDone={({ email }) => {
        mailTranscript(email!);
        change({ popover: '', notice: texts.transcriptSent(email!) });
      }}
    >
      <button class="plain" type="button" onClick={() => change({ popover: '' })}>
        {texts.notNow}
      </button>
    </Form>
  );
}

const STARS = [1, 2, 3, 4, 5] as const;

function Rating() {
  const { texts, stars, look } = state;
  return (
    <Form
      id="rating"
      class="box form"
      title={texts.how}
      of={stars ? [{ id: 'comment', label: texts.add, type: 'text', required: false, hint: texts.addHint }] : []}
      label={stars ? texts.send : ''}
      onDone={({ comment = '' }) => {
        if (rate(stars, comment)) change({ isRated: true, spoken: texts.thanks });
      }}
    >
      <div class="rate" role="group" aria-label={texts.how}>
        {STARS.map((n) => (
          <button
            type="button"
            class={n <= stars ? 'on' : ''}
            aria-label={texts.stars(n)}
            aria-pressed={n === stars}
            onClick={() => change({ stars: n })}
          >
            <Icon d={STAR} />
          </button>
        ))}
      </div>
      {look!.mail && look!.offerTranscript && (
        <button class="plain" type="button" onClick={() => change({ popover: 'transcript' })}>
          {texts.transcript}
        </button>
      )}
    </Form>
  );
}
