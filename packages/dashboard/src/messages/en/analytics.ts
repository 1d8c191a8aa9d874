export const analytics = {
  title: 'Analytics',
  overview: 'Overview',
  people: 'Visitors',
  visits: 'Visits',
  requests: 'Request log',
  pages: 'Pages of analytics',
} as const;
