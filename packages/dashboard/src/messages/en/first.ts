/** Texts that are there before the first render. */
import { map } from './map.ts';
import { shell } from './shell.ts';
import { visitors } from './visitors.ts';
import { words } from './words.ts';

export const first = { map, shell, visitors, words } as const;
