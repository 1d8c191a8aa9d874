import type { LaterArea, Messages } from '../messages.ts';
import { shell } from './shell.ts';
import { visitors } from './visitors.ts';
import { words } from './words.ts';

export const first: Omit<Messages, LaterArea> = { shell, visitors, words };
