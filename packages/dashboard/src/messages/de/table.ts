import type { Messages } from '../messages.ts';

export const table: Messages['table'] = {
  title: 'Besuche in der Liste',
};
