export * from './address-start.ts';
export * from './address.ts';
export * from './cidr.ts';
export * from './find-address.ts';
export * from './full-addresses.ts';
export * from './mask.ts';
export * from './signals.ts';
