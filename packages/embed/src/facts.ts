import { LIMITS, type VisitorUp } from '@foyer/protocol/link';
import { send } from './socket.ts';

/** What the page declared, said again with each hello: the server may have lost it, or not have been there. */
export const facts: { [kind: string]: VisitorUp } = {};

const declare = (frame: VisitorUp) => send((facts[frame.t] = frame));

/** Only what the server would take, for one bad field closes the socket: the scalars among `keys`, texts cut. */
const scalars = (from: object, asText?: boolean, keys = Object.keys(from).slice(0, 30)) => {
  const out: Record<string, never> = {};
  for (const key of keys) {
    const value = (from as Record<string, string>)[key];
    if ((asText ? value != null : value !== undefined) && Object(value) !== value)
      out[key.slice(0, 60)] = ((asText ? `${value}` : value)?.slice?.(0, LIMITS.identityChars) ?? value) as never;
  }
  return JSON.stringify(out).length > LIMITS.dataBytes ? {} : out;
};

export const identify = (who: { data?: object }): void =>
  declare({ t: 'identify', ...scalars(who, true, ['id', 'hash', 'name', 'email']), data: scalars(who.data || {}) });

export const context = (kind: string, data: object = {}): void => {
  if (/^(checkout|cart|product|collection|search|none)$/.test(kind)) declare({ t: 'context', kind: kind as 'none', data: scalars(data) });
};
