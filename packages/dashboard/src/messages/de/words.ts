import type { Messages } from '../messages.ts';

export const words: Messages['words'] = {};
