export * from './calendar.ts';
export * from './contribution.ts';
export * from './ledger.ts';
export * from './merge.ts';
export * from './rollup-delta.ts';
export * from './top.ts';
