import { TIMES } from '@foyer/protocol/link';
import { now } from './env.ts';
import { send } from './socket.ts';

/** Last input in this tab; opening it is one. */
export let inputAt = now();
/** The last activity that the server knows of. */
let toldAt: number;
let toldState: string;

export const stateNow = () => ({ hidden: document.hidden, focused: document.hasFocus() });

const stateChanged = () => toldState !== (toldState = JSON.stringify(stateNow()));

/** The server learns of activity up to now, and of the state, by another frame. */
export function told(): void {
  toldAt = inputAt;
  stateChanged();
}

export function onInput(): void {
  inputAt = now();
  if (inputAt - toldAt < TIMES.activityEveryMs) return;
  toldAt = inputAt;
  send({ t: 'act' });
}

export function onState(): void {
  if (stateChanged()) send({ t: 'state', ...stateNow() });
}
