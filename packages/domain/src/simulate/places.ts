import { PLACE_LINES } from './places-data.ts';
import { type Random, weightedChoice } from './random.ts';

/** A city that simulated visitors come from. */
export interface Origin {
  /** ISO 3166 alpha-2. */
  readonly country: string;
  /** IANA. */
  readonly timeZone: string;
  /** Share of the traffic, relative to the other cities. */
  readonly weight: number;
  /** First three numbers of a /24. */
  readonly ipv4: string;
  /** First three groups of a /48; '' where the city has only IPv4 here. */
  readonly ipv6: string;
}

function parseLine(line: string): Origin[] {
  const [country = '', timeZone = '', ...cities] = line.split(' ');
  return cities.map((city) => {
    const [weight = '', prefixes = ''] = city.split('=');
    const [ipv4 = '', ipv6 = ''] = prefixes.split('+');
    return { country, timeZone, weight: Number(weight), ipv4, ipv6 };
  });
}

/** Every city of the table, in its order. */
export const ORIGINS: readonly Origin[] = PLACE_LINES.flatMap(parseLine);

/** Drawn by weight. */
export const chooseOrigin: (random: Random) => Origin = weightedChoice(ORIGINS, (origin) => origin.weight);

/** A public address in that city, IPv6 for four in ten people where the city has one. */
export function addressIn(origin: Origin, random: Random): string {
  if (origin.ipv6 !== '' && random.chance(0.4)) {
    const group = () => random.int(1, 0xffff).toString(16);
    return `${origin.ipv6}:${group()}:${group()}:${group()}:${group()}:${group()}`;
  }
  return `${origin.ipv4}.${random.int(1, 254)}`;
}

/** What browsers are set to, by country: first the usual one, then the others. Countries not listed browse in English. */
const LANGUAGES: Readonly<Record<string, readonly string[]>> = {
  US: ['en-US', 'en-US', 'en-US', 'es-US'],
  GB: ['en-GB'],
  IE: ['en-IE', 'en-GB'],
  AU: ['en-AU'],
  NZ: ['en-NZ'],
  CA: ['en-CA', 'en-CA', 'fr-CA'],
  ZA: ['en-ZA', 'af-ZA'],
  DE: ['de-DE', 'de-DE', 'de-DE', 'tr-TR'],
  AT: ['de-AT'],
  CH: ['de-CH', 'de-CH', 'fr-CH', 'it-CH'],
  LU: ['fr-LU', 'de-LU'],
  FR: ['fr-FR'],
  BE: ['nl-BE', 'fr-BE'],
  NL: ['nl-NL', 'nl-NL', 'en-NL'],
  ES: ['es-ES', 'es-ES', 'ca-ES'],
  PT: ['pt-PT'],
  IT: ['it-IT'],
  GR: ['el-GR'],
  CY: ['el-CY'],
  MT: ['en-MT', 'mt-MT'],
  PL: ['pl-PL'],
  CZ: ['cs-CZ'],
  SK: ['sk-SK'],
  SI: ['sl-SI'],
  HU: ['hu-HU'],
  RO: ['ro-RO'],
  BG: ['bg-BG'],
  HR: ['hr-HR'],
  RS: ['sr-RS'],
  UA: ['uk-UA', 'uk-UA', 'ru-UA'],
  LT: ['lt-LT'],
  LV: ['lv-LV'],
  EE: ['et-EE'],
  SE: ['sv-SE'],
  NO: ['nb-NO'],
  DK: ['da-DK'],
  FI: ['fi-FI', 'sv-FI'],
  IS: ['is-IS'],
  TR: ['tr-TR'],
  IL: ['he-IL', 'en-IL'],
  AE: ['ar-AE', 'en-AE'],
  SA: ['ar-SA'],
  EG: ['ar-EG'],
  MA: ['fr-MA', 'ar-MA'],
  DZ: ['fr-DZ', 'ar-DZ'],
  TN: ['fr-TN', 'ar-TN'],
  JO: ['ar-JO'],
  LB: ['ar-LB', 'fr-LB'],
  KW: ['ar-KW'],
  QA: ['ar-QA', 'en-QA'],
  OM: ['ar-OM'],
  GE: ['ka-GE'],
  AM: ['hy-AM'],
  KZ: ['ru-KZ', 'kk-KZ'],
  UZ: ['uz-UZ', 'ru-UZ'],
  IN: ['en-IN', 'en-IN', 'hi-IN'],
  PK: ['en-PK', 'ur-PK'],
  BD: ['bn-BD', 'en-BD'],
  LK: ['en-LK', 'si-LK'],
  NP: ['ne-NP', 'en-NP'],
  CN: ['zh-CN'],
  HK: ['zh-HK', 'en-HK'],
  TW: ['zh-TW'],
  JP: ['ja-JP'],
  KR: ['ko-KR'],
  MN: ['mn-MN'],
  TH: ['th-TH'],
  VN: ['vi-VN'],
  KH: ['km-KH'],
  MM: ['my-MM'],
  MY: ['ms-MY', 'en-MY', 'zh-MY'],
  SG: ['en-SG', 'zh-SG'],
  ID: ['id-ID'],
  PH: ['en-PH', 'fil-PH'],
  BR: ['pt-BR'],
  MX: ['es-MX'],
  AR: ['es-AR'],
  CL: ['es-CL'],
  CO: ['es-CO'],
  PE: ['es-PE'],
  UY: ['es-UY'],
  EC: ['es-EC'],
  VE: ['es-VE'],
  CR: ['es-CR'],
  GT: ['es-GT'],
  DO: ['es-DO'],
  PA: ['es-PA'],
  PR: ['es-PR', 'en-PR'],
  BO: ['es-BO'],
  PY: ['es-PY'],
  SN: ['fr-SN'],
  CI: ['fr-CI'],
  ET: ['am-ET', 'en-ET'],
  TZ: ['sw-TZ', 'en-TZ'],
};

/** A browser language usual in that country, BCP 47. */
export const languageIn = (country: string, random: Random): string => random.pick(LANGUAGES[country] ?? [`en-${country}`]);
