import { h } from 'preact';
import { Bubble, draw, eventText, Said } from './bubble.tsx';
import { forms } from './chunks.ts';
import { Face } from './face.tsx';
import { teamLine } from './header.tsx';
import { nextSteps } from './next-steps.ts';
import { OwnWords } from './own-words.tsx';
import { shown, state } from './state.ts';
import { time } from './times.ts';
import { Ticks } from './ticks.tsx';
import type { VisitorMessage } from '@foyer/protocol/link';

/** Words of one person within this long stand together, with one face and one time. */
const TOGETHER_MS = 5 * 60_000;
/** Nearer than this to the end, new words keep the end in sight. */
const NEAR_PX = 80;

const isJoined = (a: VisitorMessage, b: VisitorMessage | undefined): boolean =>
  !!b && b.from.kind === a.from.kind && b.from.name === a.from.name && !eventOf(b) && b.at - a.at < TOGETHER_MS;
const eventOf = (message: VisitorMessage): boolean => message.body.kind === 'event' || message.body.kind === 'rating';

/** The transcript. It stays at its end unless the visitor has scrolled away to read. */
export function Log() {
  const { texts, typing, conversation, queue, look } = state;
  const steps = nextSteps(state);
  const messages = shown(state);
  return (
    <div class="log" role="log" aria-live="off" aria-label={texts.messages} tabIndex={0} ref={keepEnd}>
      {messages[0] && messages[0].from.kind !== 'visitor' ? null : (
        <div class="msg">
          <Face of={look!.faces[0] ?? { name: look!.teamName, face: '' }} />
          <Said text={`${look!.greetingTitle || texts.hello}\n${look!.greeting || teamLine()}`} />
        </div>
      )}
      {messages.map((message, i) => (
        <Row key={message.seq} message={message} isLast={!isJoined(message, messages[i + 1])} />
      ))}
      <OwnWords />
      {typing !== null && (
        <div class="msg">
          <Face of={conversation?.owner ?? { name: typing, face: '' }} />
          <div class="say dots" role="img" aria-label={texts.typing(typing)}>
            <i />
            <i />
            <i />
          </div>
        </div>
      )}
      {queue && conversation?.status === 'unassigned' && draw(forms(), ({ QueuePlace }) => <QueuePlace />)}
      {steps[0] && draw(forms(), ({ Steps }) => <Steps steps={steps} />)}
    </div>
  );
}

function Row({ message, isLast }: { readonly message: VisitorMessage; readonly isLast: boolean }) {
  const { from, at, seq, editedAt, gone } = message;
  if (eventOf(message)) {
    const text = eventText(message);
    return text ? (
      <p class="sys">
        {text} <time>{time(at)}</time>
      </p>
    ) : null;
  }
  const isOwn = from.kind === 'visitor';
  return (
    <div class={isOwn ? 'msg me' : 'msg'}>
      {!isOwn && isLast && <Face of={from} />}
      <Bubble message={message} />
      {isLast && (
        <p class="meta">
          <time>{time(at)}</time>
          {!!editedAt && !gone && <span>{state.texts.edited}</span>}
          {isOwn && <Ticks seq={seq} />}
        </p>
      )}
    </div>
  );
}

let end = { height: 0, isNear: true };
/** `ref` of every drawing: an inline function would run anew each time, this one once; the observer does the rest. */
function keepEnd(log: HTMLElement | null): void {
  if (!log) return;
  end = { height: 0, isNear: true };
  const toEnd = (): void => {
    const { scrollHeight } = log;
    if (scrollHeight !== end.height && end.isNear) log.scrollTop = scrollHeight;
    end.height = scrollHeight;
  };
  log.addEventListener('scroll', () => (end.isNear = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_PX), { passive: true });
  // Pictures and the keyboard change heights as well as words do.
  log.addEventListener('load', toEnd, true);
  new MutationObserver(toEnd).observe(log, { childList: true, subtree: true });
  new ResizeObserver(() => end.isNear && (log.scrollTop = log.scrollHeight)).observe(log);
  toEnd();
}
/** What one has just said oneself is always shown. */
export const followEnd = (): void => void (end.isNear = true);
