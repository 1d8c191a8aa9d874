export const rules = {
  contexts: 'Page context',
  goals: 'Goals',
} as const;
