import type { Messages } from '../messages.ts';

export const requests: Messages['requests'] = {
  title: 'Anfragen',
};
