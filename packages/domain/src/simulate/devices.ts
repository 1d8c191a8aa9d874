import type { Hints } from '@foyer/protocol';
import { type Random, weightedChoice } from './random.ts';

/** What a tab would tell the server about its browser. */
export interface Device {
  readonly weight: number;
  readonly userAgent: string;
  /** Width, height, pixel ratio. */
  readonly screens: readonly (readonly [number, number, number])[];
  /** User-agent client hints, where the browser has them. */
  readonly hints?: Hints;
  readonly mobile: boolean;
  /** navigator.webdriver: driven by a program. */
  readonly automated: boolean;
  /** Says in its user agent that it is a crawler. */
  readonly bot: boolean;
}

const desktop: Device['screens'] = [
  [1920, 1080, 1],
  [1536, 864, 1.25],
  [2560, 1440, 1],
  [1366, 768, 1],
  [1680, 1050, 1],
];
const mac: Device['screens'] = [
  [1512, 982, 2],
  [1440, 900, 2],
  [1728, 1117, 2],
  [2560, 1440, 2],
];
const iphone: Device['screens'] = [
  [390, 844, 3],
  [393, 852, 3],
  [430, 932, 3],
  [402, 874, 3],
];
const android: Device['screens'] = [
  [412, 915, 2.625],
  [360, 800, 3],
  [384, 854, 2.8125],
  [411, 891, 3.5],
];
const MOZILLA = 'Mozilla/5.0';
const CHROME = 'AppleWebKit/537.36 (KHTML, like Gecko)';

function person(weight: number, userAgent: string, screens: Device['screens'], mobile: boolean, hints?: Hints): Device {
  return { weight, userAgent: `${MOZILLA} ${userAgent}`, screens, mobile, automated: false, bot: false, ...(hints && { hints }) };
}
function chromium(brand: string, version: string, platform: string, platformVersion: string, model = ''): Hints {
  const brands: [string, string][] = [
    ['Chromium', version],
    [brand, version],
    ['Not;A=Brand', '8'],
  ];
  return { brands, platform, platformVersion, mobile: platform === 'Android', ...(model !== '' && { model }) };
}
const crawler = (weight: number, userAgent: string): Device => ({
  weight,
  userAgent,
  screens: [[1024, 768, 1]],
  mobile: false,
  automated: false,
  bot: true,
});

/** Weights follow the public browser statistics of a consumer shop: half phones, two thirds Chromium. */
export const DEVICES: readonly Device[] = [
  person(
    150,
    `(Windows NT 10.0; Win64; x64) ${CHROME} Chrome/148.0.0.0 Safari/537.36`,
    desktop,
    false,
    chromium('Google Chrome', '148', 'Windows', '15.0.0'),
  ),
  person(
    40,
    `(Windows NT 10.0; Win64; x64) ${CHROME} Chrome/147.0.0.0 Safari/537.36`,
    desktop,
    false,
    chromium('Google Chrome', '147', 'Windows', '10.0.0'),
  ),
  person(
    70,
    `(Windows NT 10.0; Win64; x64) ${CHROME} Chrome/148.0.0.0 Safari/537.36 Edg/148.0.0.0`,
    desktop,
    false,
    chromium('Microsoft Edge', '148', 'Windows', '15.0.0'),
  ),
  person(35, '(Windows NT 10.0; Win64; x64; rv:150.0) Gecko/20100101 Firefox/150.0', desktop, false),
  person(
    15,
    `(Windows NT 10.0; Win64; x64) ${CHROME} Chrome/147.0.0.0 Safari/537.36 OPR/131.0.0.0`,
    desktop,
    false,
    chromium('Opera', '131', 'Windows', '15.0.0'),
  ),
  person(
    70,
    `(Macintosh; Intel Mac OS X 10_15_7) ${CHROME} Chrome/148.0.0.0 Safari/537.36`,
    mac,
    false,
    chromium('Google Chrome', '148', 'macOS', '26.1.0'),
  ),
  person(75, '(Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15', mac, false),
  person(15, '(Macintosh; Intel Mac OS X 10.15; rv:150.0) Gecko/20100101 Firefox/150.0', mac, false),
  person(
    14,
    `(X11; Linux x86_64) ${CHROME} Chrome/148.0.0.0 Safari/537.36`,
    desktop,
    false,
    chromium('Google Chrome', '148', 'Linux', '6.12.0'),
  ),
  person(12, '(X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0', desktop, false),
  person(
    6,
    `(X11; CrOS x86_64 14541.0.0) ${CHROME} Chrome/147.0.0.0 Safari/537.36`,
    desktop,
    false,
    chromium('Google Chrome', '147', 'Chrome OS', '16238.0.0'),
  ),
  person(
    170,
    '(iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1',
    iphone,
    true,
  ),
  person(
    35,
    '(iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/148.0.7778.33 Mobile/15E148 Safari/604.1',
    iphone,
    true,
  ),
  person(
    140,
    `(Linux; Android 10; K) ${CHROME} Chrome/148.0.0.0 Mobile Safari/537.36`,
    android,
    true,
    chromium('Google Chrome', '148', 'Android', '16.0.0', 'Pixel 9'),
  ),
  person(
    40,
    `(Linux; Android 10; K) ${CHROME} Chrome/147.0.0.0 Mobile Safari/537.36`,
    android,
    true,
    chromium('Google Chrome', '147', 'Android', '15.0.0', 'SM-S921B'),
  ),
  person(
    45,
    `(Linux; Android 10; K) ${CHROME} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`,
    android,
    true,
    chromium('Samsung Internet', '28', 'Android', '15.0.0', 'SM-A556B'),
  ),
  person(10, '(Android 15; Mobile; rv:150.0) Gecko/150.0 Firefox/150.0', android, true),
  person(
    22,
    '(iPad; CPU OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1',
    [
      [820, 1180, 2],
      [1024, 1366, 2],
    ],
    true,
  ),
  person(
    10,
    `(Linux; Android 15; SM-X710) ${CHROME} Chrome/148.0.0.0 Safari/537.36`,
    [[800, 1280, 2]],
    false,
    chromium('Google Chrome', '148', 'Android', '15.0.0', 'SM-X710'),
  ),
  crawler(
    8,
    `${MOZILLA} (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) ${CHROME} Chrome/147.0.0.0 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)`,
  ),
  crawler(5, `${MOZILLA} ${CHROME}; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/116.0.1938.76 Safari/537.36`),
  crawler(4, `${MOZILLA} (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)`),
  { ...person(5, `(X11; Linux x86_64) ${CHROME} HeadlessChrome/148.0.0.0 Safari/537.36`, [[1280, 720, 1]], false), automated: true },
  { ...person(4, `(Windows NT 10.0; Win64; x64) ${CHROME} Chrome/147.0.0.0 Safari/537.36`, desktop, false), automated: true },
];

/** Drawn by weight. */
export const chooseDevice: (random: Random) => Device = weightedChoice(DEVICES, (device) => device.weight);
