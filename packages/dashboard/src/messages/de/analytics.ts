import type { Messages } from '../messages.ts';

export const analytics: Messages['analytics'] = {
  title: 'Auswertung',
  overview: 'Überblick',
  people: 'Besucher',
  visits: 'Besuche',
  requests: 'Anfragen',
  pages: 'Seiten der Auswertung',
};
