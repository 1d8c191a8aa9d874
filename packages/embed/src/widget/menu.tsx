import { h } from 'preact';
import { keep } from './kept.ts';
import { endConversation } from './acts.ts';
import { change, isGoingOn, state } from './state.ts';

/** What one seldom wants, behind the three dots. */
export function Menu() {
  const { texts, look, conversation, isMuted } = state;
  const mute = (): void => {
    keep({ isMuted: !isMuted });
    change({ isMuted: !isMuted, popover: '' });
  };
  const end = (): void => {
    endConversation();
    change({ popover: '' });
  };
  return (
    <div class="menu">
      {look!.sound && (
        <button type="button" onClick={mute}>
          {isMuted ? texts.soundOn : texts.soundOff}
        </button>
      )}
      {conversation && look!.mail && look!.offerTranscript && (
        <button type="button" onClick={() => change({ popover: 'transcript' })}>
          {texts.transcript}
        </button>
      )}
      {isGoingOn(state) && (
        <button type="button" onClick={end}>
          {texts.end}
        </button>
      )}
    </div>
  );
}
