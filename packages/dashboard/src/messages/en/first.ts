/** Texts that are there before the first render. */
import { shell } from './shell.ts';
import { visitors } from './visitors.ts';
import { words } from './words.ts';

export const first = { shell, visitors, words } as const;
