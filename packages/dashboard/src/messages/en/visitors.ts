export const visitors = {} as const;
