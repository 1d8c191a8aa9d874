import type { Messages } from '../messages.ts';

export const replay: Messages['replay'] = {
  title: 'Den Tag abspielen',
};
