export const requests = {
  title: 'Request log',
} as const;
