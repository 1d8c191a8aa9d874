export * from './close.ts';
export * from './console.ts';
export * from './left-out.ts';
export * from './limits.ts';
export * from './rest.ts';
export * from './version.ts';
export * from './visitor.ts';
