export const table = {
  title: 'Listed visits',
} as const;
