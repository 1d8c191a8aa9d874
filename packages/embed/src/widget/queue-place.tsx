import { Fragment, h } from 'preact';
import { change, state } from './state.ts';

/** Place and an honest time, with a way out. */
export function QueuePlace() {
  const { texts, queue, look, conversation, popover, skipsEmail } = state;
  const isAsked = popover === 'email' || (look!.captureEmail && !skipsEmail);
  const { position, waitMs } = queue!;
  return (
    <Fragment>
      <div class="place">
        <b aria-hidden="true">{position}</b>
        <p>
          <strong>{texts.place(position)}</strong>
          <span>{waitMs ? texts.placeTime(Math.ceil(waitMs / 60_000)) : texts.placeUnknown}</span>
        </p>
      </div>
      {look!.mail && !isAsked && !conversation?.hasEmail && (
        <div class="btns">
          <button type="button" onClick={() => change({ popover: 'email' })}>
            {texts.byMail}
          </button>
        </div>
      )}
    </Fragment>
  );
}
