export const replay = {
  title: 'Replay the day',
} as const;
