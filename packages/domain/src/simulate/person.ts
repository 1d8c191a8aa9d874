import { chooseDevice, type Device } from './devices.ts';
import { type Identity, identityIn } from './names.ts';
import { addressIn, chooseOrigin, languageIn, type Origin } from './places.ts';
import { type Random, weightedChoice } from './random.ts';

/** A visit before the world began. */
export interface PastVisit {
  /** How long before the world's first moment it began. */
  readonly agoMs: number;
  readonly lastedMs: number;
  readonly pages: number;
}
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
  /** Which of the workspace's sites this person is on: 0 the shop, then the side sites. */
  readonly site: number;
  /** Who the site says this is; null for most. */
  readonly identity: Identity | null;
  /** What the browser kept from earlier visits; '' for a new one. */
  readonly cookie: string;
  readonly past: readonly PastVisit[];
}

/** What a workspace's visitors are like, beyond what every shop's are. */
export interface Cast {
  /** Where they come from, drawn by weight. */
  readonly origins: readonly Origin[];
  /** Shares of the side sites; the rest is the shop's. */
  readonly shares: readonly number[];
}
export type Casting = (id: number, random: Random) => Person;

/** People of one shop, all new to it. */
export function createPerson(id: number, random: Random): Person {
  return build(id, chooseOrigin(random), random);
}

/** Addresses for documentation: no database knows where they are, so only the time zone tells. */
const NOWHERE = ['192.0.2', '198.51.100', '203.0.113'] as const;
const APPROXIMATE = 0.03;
const UNKNOWN = 0.012;
const IDENTIFIED = 0.07;

/** People of a workspace with several sites: some known by name, some from places that nobody can tell. */
export function casting({ origins, shares }: Cast): Casting {
  const choose = weightedChoice(origins, (origin) => origin.weight);
  return (id, random) => {
    const origin = choose(random);
    const draw = random.next();
    const hidden = { ...origin, ipv4: random.pick(NOWHERE), ipv6: '' };
    const person = build(id, draw < APPROXIMATE + UNKNOWN ? hidden : origin, random);
    const site = siteOf(random.next(), shares);
    const identity = random.chance(IDENTIFIED) ? identityIn(person.language, id, random) : null;
    if (draw < UNKNOWN) return { ...person, site, identity, country: '', timeZone: 'UTC' };
    return { ...person, site, identity };
  };
}

const DAY_MS = 86_400_000;

/** People who have been here before, each with a cookie and visits of the last weeks, newest first. */
export function createRegulars(count: number, cast: Casting, random: Random): Person[] {
  return Array.from({ length: count }, (_, i) => {
    const person = cast(i + 1, random);
    // Half an hour apart at least, or they would be one visit.
    let agoMs = 45 * 60_000;
    const past = Array.from({ length: Math.min(9, 1 + Math.floor(random.wait(1.6))) }, () => {
      agoMs += 3_600_000 + random.wait(2.5 * DAY_MS);
      const pages = 1 + Math.floor(random.wait(4));
      return { agoMs: Math.round(agoMs), pages, lastedMs: Math.round(pages * random.around(30_000, 0.7)) };
    });
    // Who has an account has mostly been here before.
    const identity = person.identity ?? (random.chance(0.12) ? identityIn(person.language, person.id, random) : null);
    return { ...person, identity, cookie: random.id(22), past };
  });
}

function siteOf(draw: number, shares: readonly number[]): number {
  let upTo = 0;
  for (const [i, share] of shares.entries()) {
    upTo += share;
    if (draw < upTo) return i + 1;
  }
  return 0;
}

function build(id: number, origin: Origin, random: Random): Person {
  const device = chooseDevice(random);
  return {
    id,
    address: addressIn(origin, random),
    country: origin.country,
    timeZone: origin.timeZone,
    language: languageIn(origin.country, random),
    device,
    screen: random.pick(device.screens),
    site: 0,
    identity: null,
    cookie: '',
    past: [],
  };
}
