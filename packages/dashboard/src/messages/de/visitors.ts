import type { Messages } from '../messages.ts';

export const visitors: Messages['visitors'] = {};
