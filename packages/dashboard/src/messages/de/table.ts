import type { Messages } from '../messages.ts';
import { plurals } from '../plural.ts';

const plural = plurals('de');

export const table: Messages['table'] = {
  title: 'Besuche in der Liste',
  columns: {
    status: 'Status',
    page: 'Aktuelle Seite',
    context: 'Kontext',
    referrer: 'Von',
    browser: 'Browser',
    country: 'Land',
    pages: 'Seiten',
    time: 'Zeit hier',
    activity: 'Aktivität',
    name: 'Besucher',
    city: 'Stadt',
    site: 'Website',
    arrived: 'Gekommen',
  },
  states: { chatting: 'Im Chat', browsing: 'Auf der Seite', left: 'Gegangen' },
  none: 'keine Angabe',
  pagesUnit: (n) => plural(n, { one: 'Seite', other: 'Seiten' }),
  noContext: 'Ohne Kontext',
  above: (n) => plural(n, { one: '1 jetzt darüber', other: `${n} jetzt darüber` }),
  looking: (name, others) =>
    others > 0 ? `${name} und ${plural(others, { one: 'noch jemand', other: `${others} andere` })} sehen hin` : `${name} sieht hin`,
  listedOnline: (online) => `in der Liste, ${online} online`,
  group: 'Gruppieren',
  groupedBy: (column) => `Nach ${column}`,
  groupBy: 'Gruppieren nach',
  noGroups: 'Keine Gruppen',
  sortBy: 'Sortieren nach',
  newestFirst: 'Neueste zuerst',
  sortAndGroup: 'Sortieren und gruppieren',
  columnsButton: 'Spalten',
  columnsTitle: 'Spalten und ihre Reihenfolge',
  columnsReset: 'Wie am Anfang',
  moveUp: (column) => `${column} nach oben`,
  moveDown: (column) => `${column} nach unten`,
};
