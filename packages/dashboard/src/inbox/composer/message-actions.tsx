import type { Message } from '@foyer/protocol';

interface Own {
  readonly conversation: string;
  readonly message: Message;
}

/** Beside an own message: edit it (in the composer) or delete it. Draws nothing for what cannot be changed. */
export function MessageActions(_: Own) {
  return null;
}

/** In the delivery line of what was just sent: takes it back while the countdown runs. Draws nothing when it cannot be. */
export function UndoSend(_: Own) {
  return null;
}
