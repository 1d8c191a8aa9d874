import { type Collect, hasSignal, mayCollect } from '@foyer/domain/privacy';
import type { Hints, LeftOutReason, Settings } from '@foyer/protocol';
import type { GeoPlace } from '../../geo/geo.ts';
import type { SiteRecord } from '../../ports/team-store.ts';
import type { AgentFacts, AssessDeps } from './deps.ts';
import type { Handshake } from './tab-session.ts';

/** What a page says of its browser. */
export interface Told {
  readonly timeZone: string;
  readonly hints: Hints | undefined;
  /** navigator.webdriver */
  readonly auto: boolean;
  /** Global Privacy Control or Do Not Track. */
  readonly signal: boolean;
}
export interface Assessed {
  readonly place: GeoPlace;
  readonly agent: AgentFacts;
  /** As masked by the workspace; '' also where nothing of the kind may be kept. */
  readonly ip: string;
  readonly reasons: readonly LeftOutReason[];
}
type Asked = Omit<Handshake, 'site'>;

export function collectOf(
  shake: Pick<Asked, 'secGpc' | 'dnt'>,
  told: Pick<Told, 'signal'>,
  settings: Pick<Settings, 'tracking' | 'signals' | 'cookieless'>,
): Collect {
  const { tracking, signals, cookieless } = settings;
  return mayCollect({ tracking, signal: told.signal || hasSignal(shake), signals, cookieless });
}

/** Who this is: asked by each `hello`, and by GET /seen of the browser that asks, so that both always say the same. */
export function assess(
  shake: Asked,
  told: Told,
  of: {
    readonly site: SiteRecord;
    readonly settings: Pick<Settings, 'ipMask' | 'excludeOwnTeam' | 'excludedAddresses'>;
    readonly collect: Collect;
  },
  deps: AssessDeps,
): Assessed {
  const { userAgent, acceptLanguage, address, addressHash } = shake;
  const { hints, auto } = told;
  return {
    place: deps.geo.lookup(address, told.timeZone),
    agent: deps.describeAgent(userAgent, hints),
    ip: of.collect === 'all' ? deps.maskAddress(address, of.settings.ipMask) : '',
    reasons: deps.leftOut({ userAgent, acceptLanguage, auto, hints, address, addressHash }, of.site, of.settings),
  };
}
