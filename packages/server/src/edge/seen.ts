import type { Seen, Settings } from '@foyer/protocol';
import type { Geo } from '../geo/geo.ts';
import type { SiteRecord } from '../ports/team-store.ts';
import type { Callers, Header } from './upgrades.ts';
import { assess, collectOf, type Told } from './visitor/assess.ts';
import type { AssessDeps } from './visitor/deps.ts';

export interface SeenDeps extends Omit<AssessDeps, 'geo'> {
  readonly callers: Pick<Callers, 'read' | 'resolve'>;
  readonly geo: Pick<Geo, 'lookup' | 'toldBy' | 'source'>;
  /** FOYER_TRUST_PROXY, split. */
  readonly trustedProxies: readonly string[];
}
export interface SeenQuery {
  readonly remoteAddress: string;
  readonly header: Header;
  /** `gpc`, `dnt`: as the page says them; the headers may say them too. */
  readonly told: Omit<Told, 'signal'> & { readonly gpc: boolean; readonly dnt: boolean; readonly screen: string };
  readonly site: SiteRecord;
  readonly settings: Settings;
}

/** Claims of an address that other servers read. Foyer reads one header only, because each more is one more that a visitor can make up. */
const UNREAD = [
  'forwarded',
  'x-real-ip',
  'x-client-ip',
  'cf-connecting-ip',
  'true-client-ip',
  'fastly-client-ip',
  'x-envoy-external-address',
];
const MOST_HEADER_CHARS = 1_000;
const MOST_LANGUAGES = 20;

/** What a visit of the asking browser would look like, by the code that looks at visits. Keeps nothing. */
export function seenBy({ remoteAddress, header, told, site, settings }: SeenQuery, deps: SeenDeps): Seen {
  const shake = deps.callers.read(remoteAddress, header);
  const { from, chain } = deps.callers.resolve(remoteAddress, header);
  const says = { ...told, signal: told.gpc || told.dnt };
  const collect = collectOf(shake, says, settings);
  const { place, agent, ip: masked, reasons } = assess(shake, says, { site, settings, collect }, deps);
  const strict = site.countAutomated
    ? assess(shake, says, { site: { ...site, countAutomated: false }, settings, collect }, deps).reasons
    : [];
  const tolerated = strict.filter(({ rule }) => !reasons.some((reason) => reason.rule === rule));
  const by = deps.geo.toldBy(shake.address, told.timeZone);
  const { country, region, city, lat, lon, approximate, organisation } = place;
  return {
    address: {
      ip: shake.address,
      masked,
      from,
      header: (header('x-forwarded-for') ?? '').slice(-MOST_HEADER_CHARS),
      unread: UNREAD.filter((name) => header(name) !== undefined),
      chain: chain.map((hop) => ({ ...hop })),
      trustedProxies: [...deps.trustedProxies],
    },
    place: { country, region, city, lat, lon, approximate, organisation, by, ...sourceOf(deps.geo, by) },
    browser: { name: agent.browser, version: agent.browserVersion, os: agent.os, osVersion: agent.osVersion, device: agent.device },
    languages: languagesOf(shake.acceptLanguage),
    timeZone: told.timeZone,
    screen: told.screen,
    signals: { gpc: told.gpc || shake.secGpc === '1', dnt: told.dnt || shake.dnt === '1', effect: settings.signals, collect },
    verdict: { filtered: reasons[0]?.text ?? '', reasons: [...reasons], tolerated },
    ownTeam: { wouldBeLeftOut: reasons.some(({ rule }) => rule === 'own_team') },
  };
}

function sourceOf({ source }: Pick<Geo, 'source'>, by: Seen['place']['by']): { source: string; sourceBuiltAt: number } {
  if (by !== 'database') return { source: '', sourceBuiltAt: 0 };
  // The built-in files call themselves by how they were made, not by whose they are.
  return { source: source.kind === 'built-in' ? 'DB-IP City Lite' : source.type, sourceBuiltAt: source.builtAt };
}

/** `de-AT,de;q=0.9,en;q=0.5` → de-AT, de, en: by weight, then as written. What has no weight, or is not wanted (`q=0`), is as HTTP says. */
export function languagesOf(acceptLanguage: string): string[] {
  return acceptLanguage
    .split(',', MOST_LANGUAGES)
    .map((entry) => {
      const [tag = '', ...parameters] = entry.split(';').map((part) => part.trim());
      const weight = parameters.find((parameter) => parameter.startsWith('q='));
      return { tag, q: weight === undefined ? 1 : Number(weight.slice(2)) };
    })
    .filter(({ tag, q }) => tag !== '' && q > 0)
    .sort((a, b) => b.q - a.q)
    .map(({ tag }) => tag);
}
