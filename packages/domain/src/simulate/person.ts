import { chooseDevice, type Device } from './devices.ts';
import { addressIn, chooseOrigin, languageIn } from './places.ts';
import type { Random } from './random.ts';

/** One browser and whoever sits before it. The same object each time this person comes back. */
export interface Person {
  /** 1, 2, 3 … within the world. The driver keeps what the server gave this person (the secret) under it. */
  readonly id: number;
  readonly address: string;
  readonly country: string;
  readonly timeZone: string;
  readonly language: string;
  readonly device: Device;
  readonly screen: readonly [width: number, height: number, pixelRatio: number];
}

export function createPerson(id: number, random: Random): Person {
  const origin = chooseOrigin(random);
  const device = chooseDevice(random);
  return {
    id,
    address: addressIn(origin, random),
    country: origin.country,
    timeZone: origin.timeZone,
    language: languageIn(origin.country, random),
    device,
    screen: random.pick(device.screens),
  };
}
