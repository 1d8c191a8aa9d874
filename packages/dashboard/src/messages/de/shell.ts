import type { Messages } from '../messages.ts';

export const shell: Messages['shell'] = {
  visitors: 'Besucher',
  monitor: 'Besucher-Monitor',
  settings: 'Einstellungen',
};
