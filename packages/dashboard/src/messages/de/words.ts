import type { Messages } from '../messages.ts';

export const words: Messages['words'] = {
  unknown: 'Unbekannt',
  direct: 'Direkt',
  devices: {
    desktop: 'Computer',
    phone: 'Handy',
    tablet: 'Tablet',
    tv: 'Fernseher',
    console: 'Spielkonsole',
    watch: 'Uhr',
    other: 'Anderes',
  },
};
