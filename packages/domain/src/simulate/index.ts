export { DEVICES, type Device } from './devices.ts';
export { FERNHILL } from './fernhill.ts';
export type { Person } from './person.ts';
export { addressIn, ORIGINS, type Origin } from './places.ts';
export { createPerson } from './person.ts';
export { createRandom, type Random } from './random.ts';
export { type Article, type Collection, type Product, type Shop, type ShopMap, type ShopPage, shopMap } from './shop.ts';
export { type Action, createWorld, type World, type WorldEvent, type WorldOptions } from './world.ts';
