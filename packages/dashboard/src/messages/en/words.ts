export const words = {
  unknown: 'Unknown',
  direct: 'Direct',
  devices: {
    desktop: 'Desktop',
    phone: 'Phone',
    tablet: 'Tablet',
    tv: 'TV',
    console: 'Game console',
    watch: 'Watch',
    other: 'Other',
  },
} as const;
