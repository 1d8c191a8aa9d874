export * from './ids.ts';
export * from './result.ts';
export * from './team/permissions.ts';
