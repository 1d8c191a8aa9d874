import { plurals } from '../plural.ts';

const plural = plurals('en');

export const table = {
  title: 'Listed visits',
  columns: {
    status: 'Status',
    page: 'Current page',
    context: 'Context',
    referrer: 'From',
    browser: 'Browser',
    country: 'Country',
    pages: 'Pages',
    time: 'Time on site',
    activity: 'Activity',
    name: 'Visitor',
    city: 'City',
    site: 'Site',
    arrived: 'Arrived',
  },
  states: { chatting: 'Chatting', browsing: 'Browsing', left: 'Left' },
  none: 'none',
  pagesUnit: (n: number) => plural(n, { one: 'page', other: 'pages' }),
  noContext: 'No context',
  above: (n: number) => `${n} now above`,
  looking: (name: string, others: number) =>
    others > 0 ? `${name} and ${plural(others, { one: '1 other', other: `${others} others` })} are looking` : `${name} is looking`,
  listedOnline: (online: string) => `listed, ${online} online`,
  group: 'Group',
  groupedBy: (column: string) => `By ${column}`,
  groupBy: 'Group by',
  noGroups: 'No groups',
  sortBy: 'Sort by',
  newestFirst: 'Newest first',
  sortAndGroup: 'Sort and group',
  columnsButton: 'Columns',
  columnsTitle: 'Columns and their order',
  columnsReset: 'As at first',
  moveUp: (column: string) => `Move ${column} up`,
  moveDown: (column: string) => `Move ${column} down`,
} as const;
