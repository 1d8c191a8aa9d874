/** Browser, system and device of a visitor, in the words people use for them. */
import type { Hints } from '@foyer/protocol';
import { UAParser } from 'my-ua-parser';

/** '' is unknown. Versions are what is known: Windows and macOS froze theirs in the user agent, and only client hints tell. */
export interface Agent {
  readonly browser: string;
  /** Major, and minor when it is not 0. */
  readonly browserVersion: string;
  readonly os: string;
  readonly osVersion: string;
  readonly device: 'desktop' | 'phone' | 'tablet' | 'tv' | 'console' | 'watch' | 'other' | '';
}

const NOBODY: Agent = { browser: '', browserVersion: '', os: '', osVersion: '', device: '' };
/** Distinct user agents of one busy site in an hour are a few thousand. */
const MOST_KEPT = 5_000;
/** Real ones are under 300 characters; the rest of a longer one is somebody's experiment. */
const MOST_CHARS = 512;
const kept = new Map<string, Agent>();

/** `hints`: navigator.userAgentData, where the browser has it; it wins. Cost: under 1 µs for a user agent seen before, about 15 µs for a new one. */
export function describeAgent(userAgent: string, hints?: Hints): Agent {
  const agent = fromUserAgent(userAgent.slice(0, MOST_CHARS));
  return hints ? withHints(agent, hints) : agent;
}

function fromUserAgent(userAgent: string): Agent {
  const known = kept.get(userAgent);
  if (known) {
    // Put back at the end: the first of the map is the one used longest ago.
    kept.delete(userAgent);
    kept.set(userAgent, known);
    return known;
  }
  const agent = userAgent === '' ? NOBODY : parse(userAgent);
  if (kept.size >= MOST_KEPT)
    for (const oldest of kept.keys()) {
      kept.delete(oldest);
      break;
    }
  kept.set(userAgent, agent);
  return agent;
}

const BROWSERS: Readonly<Record<string, string>> = {
  'Mobile Safari': 'Safari',
  'Chrome Headless': 'Chrome',
  'Mobile Chrome': 'Chrome',
  'Chrome WebView': 'Android WebView',
  'Mobile Firefox': 'Firefox',
  'Opera Mobi': 'Opera',
  'Opera Touch': 'Opera',
  GSA: 'Google app',
  IE: 'Internet Explorer',
  IEMobile: 'Internet Explorer',
  UCBrowser: 'UC Browser',
  WebKit: '',
  'Android Browser': 'Android Browser',
};
const SYSTEMS: Readonly<Record<string, string>> = {
  'Mac OS': 'macOS',
  'Chromium OS': 'ChromeOS',
  'Chrome OS': 'ChromeOS',
  'Android-x86': 'Android',
  'Windows Phone': 'Windows',
  'webOS TV': 'webOS',
};
const DESKTOPS = new Set(['Windows', 'macOS', 'Linux', 'ChromeOS']);
const LINUXES =
  /^(ubuntu|debian|fedora|mint|arch|manjaro|suse|opensuse|gentoo|centos|redhat|red hat|slackware|pclinuxos|elementary os|deepin|kubuntu|mandriva|linpus|zenwalk|mageia|gnu|raspbian)/i;
const DEVICES: Readonly<Record<string, Agent['device']>> = {
  mobile: 'phone',
  tablet: 'tablet',
  smarttv: 'tv',
  console: 'console',
  wearable: 'watch',
  embedded: 'other',
};

function parse(userAgent: string): Agent {
  const { browser, os, device } = new UAParser(userAgent).getResult();
  const osName = os.name ?? '';
  let system = LINUXES.test(osName) ? 'Linux' : (SYSTEMS[osName] ?? osName);
  const kind = DEVICES[device.type ?? ''] ?? (DESKTOPS.has(system) ? 'desktop' : system === '' ? '' : 'phone');
  if (system === 'iOS' && kind === 'tablet') system = 'iPadOS';
  // Samsung's televisions call their browser Safari only for compatibility.
  const browserName =
    system === 'Tizen' && browser.name === 'Safari' ? 'Samsung Internet' : (BROWSERS[browser.name ?? ''] ?? browser.name ?? '');
  return {
    browser: browserName,
    browserVersion: browserName === '' ? '' : shortVersion(browser.version ?? ''),
    os: system,
    osVersion: systemVersion(system, os.version ?? '', userAgent),
    device: kind,
  };
}

/** Versions that browsers send to everybody, whatever runs: saying them would be saying something untrue. */
function systemVersion(system: string, version: string, userAgent: string): string {
  if (system === 'Windows') return version === '10' ? '10 or 11' : version;
  if (system === 'macOS') return version.startsWith('10.15') ? '' : shortVersion(version);
  if (system === 'Android') return /Android 10; K\)/.test(userAgent) ? '' : shortVersion(version);
  if (system === 'Linux' || system === 'ChromeOS') return '';
  return shortVersion(version);
}

/** '140.0.7339.122' → '140', '18.5' → '18.5'. */
function shortVersion(version: string): string {
  const [, major = '', minor] = /^(\d+)(?:\.(\d+))?/.exec(version) ?? [];
  return minor === undefined || Number(minor) === 0 ? major : `${major}.${minor}`;
}

/** Brands as browsers register them, the particular before the general: Edge also says Chromium. Others are not believed: anybody can send any. */
const BRANDS: readonly (readonly [string, string])[] = [
  ['Brave', 'Brave'],
  ['Vivaldi', 'Vivaldi'],
  ['Opera GX', 'Opera'],
  ['Opera Mobile', 'Opera'],
  ['Opera', 'Opera'],
  ['Microsoft Edge', 'Edge'],
  ['YaBrowser', 'Yandex'],
  ['Yandex', 'Yandex'],
  ['Samsung Internet', 'Samsung Internet'],
  ['DuckDuckGo', 'DuckDuckGo'],
  ['Whale', 'Whale'],
  ['HuaweiBrowser', 'Huawei Browser'],
  ['Android WebView', 'Android WebView'],
  ['Google Chrome', 'Chrome'],
  ['HeadlessChrome', 'Chrome'],
  ['Chromium', 'Chromium'],
];
const PLATFORMS: Readonly<Record<string, string>> = {
  Windows: 'Windows',
  macOS: 'macOS',
  Linux: 'Linux',
  Android: 'Android',
  'Chrome OS': 'ChromeOS',
  ChromeOS: 'ChromeOS',
  'Chromium OS': 'ChromeOS',
  iOS: 'iOS',
  iPadOS: 'iPadOS',
};

function withHints(agent: Agent, hints: Hints): Agent {
  const brand = brandOf(agent, hints.brands ?? []);
  const platform = PLATFORMS[hints.platform ?? ''];
  const os = platform ?? agent.os;
  const said = platform ? hintedVersion(platform, hints.platformVersion ?? '') : '';
  return {
    browser: brand?.name ?? agent.browser,
    browserVersion: brand ? shortVersion(brand.version) || agent.browserVersion : agent.browserVersion,
    os,
    osVersion: said || (os === agent.os ? agent.osVersion : ''),
    device: deviceOf(agent, os, hints.mobile),
  };
}

function brandOf(agent: Agent, brands: readonly (readonly [string, string])[]): { name: string; version: string } | null {
  for (const [brand, name] of BRANDS) {
    const found = brands.find((said) => said[0] === brand);
    // An app or a rarer browser that only its user agent names stays what it is, though its engine says Chromium.
    if (found)
      return (name === 'Chromium' || name === 'Chrome') && agent.browser !== '' && agent.browser !== 'Chrome'
        ? null
        : { name, version: found[1] };
  }
  return null;
}

/** Windows counts its builds: 13 and up is Windows 11, 1 to 10 is Windows 10 (learn.microsoft.com, detecting Windows 11). */
function hintedVersion(os: string, version: string): string {
  const major = Number.parseInt(version, 10);
  if (Number.isNaN(major)) return '';
  if (os === 'Windows') return major >= 13 ? '11' : major >= 1 ? '10' : '';
  return os === 'Linux' ? '' : shortVersion(version);
}

function deviceOf(agent: Agent, os: string, mobile: boolean | undefined): Agent['device'] {
  if (agent.device === 'tv' || agent.device === 'console' || agent.device === 'watch' || mobile === undefined)
    return agent.device || (DESKTOPS.has(os) ? 'desktop' : '');
  if (mobile) return 'phone';
  return os === 'Android' || os === 'iPadOS' ? 'tablet' : DESKTOPS.has(os) ? 'desktop' : agent.device;
}
