import type { en } from './en/index.ts';

/** A catalogue's shape without its English texts: plain texts, and functions for those with something in them. */
type Shape<T> = T extends string
  ? string
  : T extends (...args: infer Args) => string
    ? (...args: Args) => string
    : { readonly [Key in keyof T]: Shape<T[Key]> };

/** Every text of the dashboard, by area. English is the original; a missing or extra text in another language does not compile. */
export type Messages = Shape<typeof en>;

/** Texts of single screens; the others are read on every page or on the first one. */
export type LaterArea =
  | 'analytics'
  | 'blocks'
  | 'chatSettings'
  | 'composer'
  | 'entry'
  | 'history'
  | 'inbox'
  | 'keys'
  | 'look'
  | 'map'
  | 'monitor'
  | 'notify'
  | 'palette'
  | 'profile'
  | 'replay'
  | 'requests'
  | 'rules'
  | 'seen'
  | 'settings'
  | 'start'
  | 'table'
  | 'visit';
