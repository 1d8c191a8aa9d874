import type { Messages } from '../messages.ts';

export const rules: Messages['rules'] = {
  contexts: 'Art der Seite',
  goals: 'Ziele',
};
