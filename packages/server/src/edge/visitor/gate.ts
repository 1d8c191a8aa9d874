import type { CloseKind } from '@foyer/protocol';
import { VISITOR_PROTOCOL, VISITOR_PROTOCOL_FLOOR } from '@foyer/protocol';
import type { Clock } from '../../ports/clock.ts';
import type { Directory } from '../../team/directory.ts';
import { originAllowed } from '../../team/origins.ts';
import type { Handshake } from './tab-session.ts';

/** What a request tells before anything is said on it. */
export interface Knock {
  readonly siteKey: string;
  readonly version: number;
  readonly origin: string | null;
  readonly address: string;
  readonly addressHash: string;
  readonly userAgent: string;
  readonly acceptLanguage: string;
  readonly secGpc: string | undefined;
  readonly dnt: string | undefined;
  /** The page is our own: the Playground. No site has to list us. */
  readonly isOwnPage?: boolean;
}
export interface GateDeps {
  readonly directory: Pick<Directory, 'siteByKey' | 'isBlocked' | 'reportRefusedOrigin'>;
  readonly clock: Clock;
  /** Connections per address and site. */
  readonly mayConnect: (addressHash: string, site: string, monoMs: number) => boolean;
  readonly isFull: () => boolean;
}

/** Decides who may open a visitor socket, a poll or a beacon. Cheap refusals first. Nothing is stored or logged of who knocked. */
export function admit(knock: Knock, deps: GateDeps): Handshake | CloseKind {
  // Asked this way round, a version that is no number is refused too.
  if (!(knock.version >= VISITOR_PROTOCOL_FLOOR && knock.version <= VISITOR_PROTOCOL)) return 'version';
  const site = deps.directory.siteByKey(knock.siteKey);
  if (!site) return 'unknownSite';
  if (!deps.mayConnect(knock.addressHash, site.id, deps.clock.mono())) return 'rateLimited';
  if (knock.isOwnPage !== true && !originAllowed(site, knock.origin)) {
    deps.directory.reportRefusedOrigin(site.id, knock.origin ?? '', deps.clock.now());
    return 'originRefused';
  }
  if (deps.directory.isBlocked(site.workspace, knock)) return 'blocked';
  if (deps.isFull()) return 'full';
  const { address, addressHash, userAgent, acceptLanguage, secGpc, dnt, isOwnPage } = knock;
  const shake = { site, address, addressHash, userAgent, acceptLanguage, secGpc, dnt };
  return isOwnPage === true ? { ...shake, isOwnPage } : shake;
}
