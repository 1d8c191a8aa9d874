/** Made-up visits for the scripted server: seeded, so that two runs show the same people. */
import type { Detail, Row, Status, Totals } from '@foyer/protocol';
import { parseFilter } from '@foyer/domain/rules';

export const PLACES = [
  ['NL', 'North Holland', 'Amsterdam', 'Europe/Amsterdam', 'nl-NL'],
  ['TR', 'İzmir', 'İzmir', 'Europe/Istanbul', 'tr-TR'],
  ['DE', 'Berlin', 'Berlin', 'Europe/Berlin', 'de-DE'],
  ['US', 'Illinois', 'Chicago', 'America/Chicago', 'en-US'],
  ['FR', 'Île-de-France', 'Paris', 'Europe/Paris', 'fr-FR'],
  ['IE', 'Leinster', 'Dublin', 'Europe/Dublin', 'en-IE'],
  ['GB', 'England', 'London', 'Europe/London', 'en-GB'],
  ['JP', 'Tokyo', 'Tokyo', 'Asia/Tokyo', 'ja-JP'],
  ['SE', 'Stockholm', 'Stockholm', 'Europe/Stockholm', 'sv-SE'],
  ['CA', 'Ontario', 'Toronto', 'America/Toronto', 'en-CA'],
  ['AT', 'Vienna', 'Vienna', 'Europe/Vienna', 'de-AT'],
  ['IT', 'Lombardy', 'Milan', 'Europe/Rome', 'it-IT'],
  ['BR', 'São Paulo', 'São Paulo', 'America/Sao_Paulo', 'pt-BR'],
  ['', '', '', '', 'en'],
] as const;
/** Latitude and longitude, by city. */
export const COORDINATES: Readonly<Record<string, readonly [number, number]>> = {
  Amsterdam: [52.37, 4.9],
  İzmir: [38.42, 27.14],
  Berlin: [52.52, 13.4],
  Chicago: [41.88, -87.63],
  Paris: [48.86, 2.35],
  Dublin: [53.35, -6.26],
  London: [51.51, -0.13],
  Tokyo: [35.68, 139.69],
  Stockholm: [59.33, 18.07],
  Toronto: [43.65, -79.38],
  Vienna: [48.21, 16.37],
  Milan: [45.46, 9.19],
  'São Paulo': [-23.55, -46.63],
};
const PAGES = [
  ['Your cart', '/cart'],
  ['Checkout: delivery', '/checkout/delivery'],
  ['Ridge 2 tent, two persons', '/gear/tents/ridge-2'],
  ['How to pick a sleeping bag for autumn nights above the tree line', '/journal/sleeping-bags'],
  ['Delivery and returns', '/help/delivery'],
  ['Summit down jacket', '/gear/jackets/summit'],
  ['Order 20417', '/account/orders/20417'],
  ['Backpacks, 40 to 60 litres', '/gear/backpacks'],
  ['Size guide', '/help/size-guide'],
  ['Search: merino base layer', '/search'],
  ['Fernhill Outdoor: gear that lasts', '/'],
] as const;
const REFERRERS = [
  '',
  '',
  'https://search.example.net/',
  'https://forum.example.org/t/light-tents',
  'https://news.example.com/',
  'https://social.example.org/',
];
const BROWSERS = ['Chrome', 'Chrome', 'Chrome', 'Safari', 'Safari', 'Firefox', 'Edge', 'Samsung Internet'];
const SYSTEMS = ['Windows', 'iOS', 'Android', 'macOS', 'Linux', 'Windows'];
const NAMES = ['Elif Aydın', 'Camille R.', 'Oscar Whitlam', 'Marco B.'];

/** mulberry32 */
export function seeded(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export interface VisitOptions extends Partial<Row> {
  readonly random: () => number;
  readonly number: number;
  readonly now: number;
}

export function aVisit({ random, number, now, ...given }: VisitOptions): Row {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const [country, region, city] = pick(PLACES);
  const [title, path] = pick(PAGES);
  const startedAt = given.startedAt ?? Math.round(now - random() ** 2 * 1_500_000);
  const idle = random();
  const lastActivityAt = Math.round(Math.max(startedAt, now - (idle < 0.6 ? idle * 60_000 : idle * 1_400_000)));
  const online = random() < 0.9;
  const status: Status = online && now - lastActivityAt < 300_000 ? (random() < 0.04 ? 'chatting' : 'active') : 'inactive';
  const browser = pick(BROWSERS);
  return {
    id: `visit-${String(number).padStart(6, '0')}`,
    visitor: `v_${(number * 7919).toString(36)}`,
    n: 4000 + number,
    name: random() < 0.06 ? pick(NAMES) : '',
    site: random() < 0.8 ? 'site-1' : 'site-2',
    status,
    waitingSince: 0,
    online,
    reconnecting: false,
    country,
    region,
    city,
    place: city === '' ? '' : `${country}|${region}|${city}`,
    approximate: false,
    title,
    url: `https://shop.example.com${path}`,
    referrer: pick(REFERRERS),
    campaign: '',
    lang: 'en-GB',
    browser,
    os: browser === 'Safari' ? 'macOS' : pick(SYSTEMS),
    device: random() < 0.4 ? 'phone' : 'desktop',
    context: '',
    goals: '',
    pages: 1 + Math.floor(random() * 12),
    startedAt,
    lastActivityAt,
    leftAt: online ? 0 : lastActivityAt,
    visits: random() < 0.35 ? 2 + Math.floor(random() * 6) : 1,
    filtered: '',
    ...given,
  };
}

export function detailOf(row: Row): Detail {
  const [, , , timeZone = '', lang = 'en'] = PLACES.find((place) => place[2] === row.city) ?? [];
  const step = Math.max(1_000, Math.floor((row.lastActivityAt - row.startedAt) / Math.max(1, row.pages)));
  const trail: { at: number; url: string; title: string }[] = Array.from({ length: Math.min(row.pages, 50) }, (_, i) => {
    const [title, path] = PAGES[(i * 3 + row.n) % PAGES.length] as (typeof PAGES)[number];
    return { at: row.startedAt + i * step, url: `https://shop.example.com${path}`, title };
  });
  trail[trail.length - 1] = { at: row.startedAt + (trail.length - 1) * step, url: row.url, title: row.title };
  return {
    ...row,
    chat: ['unassigned', 'assigned', 'ai'].includes(row.status) ? `c${row.n}` : '',
    lang,
    timeZone,
    browserVersion: '141',
    osVersion: row.os === 'Windows' ? '11' : '',
    screen: '1920x1080',
    ip: '203.0.113.0',
    organisation: 'Example Net',
    source: 'Widget',
    identity: null,
    contextData: null,
    tabs: 1,
    firstVisitAt: row.visits > 1 ? row.startedAt - 14 * 86_400_000 : row.startedAt,
    previousVisitAt: row.visits > 1 ? row.startedAt - 86_400_000 : 0,
    trail,
    reached: row.goals === '' ? [] : row.goals.split(' ').map((goal) => ({ goal, at: row.startedAt + 60_000, value: 0, currency: '' })),
  };
}

/** A small reading of the filter: enough to script a screen, the real one is the server's. */
export function matches(row: Row, text: string): boolean {
  const parsed = parseFilter(text);
  if (!parsed.ok) return false;
  const fields: Readonly<Record<string, string>> = {
    country: row.country,
    status: row.status,
    page: `${row.title} ${row.url}`,
    city: row.city,
    browser: row.browser,
    os: row.os,
    device: row.device,
    referrer: row.referrer || 'direct',
  };
  const all = [
    row.name,
    `visitor ${row.n}`,
    row.city,
    row.region,
    row.country,
    row.title,
    row.url,
    row.referrer,
    row.browser,
    row.os,
    row.context,
  ].join(' ');
  return parsed.value.terms.every((term) => {
    const hay = (term.field === null ? all : (fields[term.field] ?? '')).toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '');
    return term.any.some((word) => hay.includes(word)) !== term.not;
  });
}

export function totalsOf(rows: readonly Row[]): Totals {
  const live = rows.filter((row) => row.online);
  const byStatus: Record<Status, number> = { unassigned: 0, assigned: 0, ai: 0, chatting: 0, active: 0, resolved: 0, inactive: 0 };
  for (const row of rows) byStatus[row.status] += 1;
  const chatting = live.filter((row) => ['unassigned', 'assigned', 'ai', 'chatting'].includes(row.status)).length;
  const counts = (of: (row: Row) => string, top = 1_000) => {
    const map = new Map<string, number>();
    for (const row of live) map.set(of(row), (map.get(of(row)) ?? 0) + 1);
    return [...map]
      .map(([key, count]) => ({ key, count }))
      .sort((a, b) => b.count - a.count || (a.key < b.key ? -1 : 1))
      .slice(0, top);
  };
  return {
    listed: rows.length,
    live: live.length,
    chatting,
    browsing: live.length - chatting,
    unknownPlace: rows.filter((row) => row.place === '').length,
    byStatus,
    browsers: counts((row) => row.browser),
    systems: counts((row) => row.os),
    devices: counts((row) => row.device),
    countries: counts((row) => row.country).filter((c) => c.key !== ''),
    pages: counts((row) => row.url, 20),
    referrers: counts((row) => (row.referrer === '' ? '' : (URL.parse(row.referrer)?.host ?? '')), 20),
    exact: true,
  };
}
