export const history = {
  people: 'Visitors',
  visits: 'Visits',
} as const;
