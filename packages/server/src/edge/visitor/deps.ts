import type { Geo } from '../../geo/geo.ts';
import type { CloseKind, Hints } from '@foyer/protocol';
import type { Clock } from '../../ports/clock.ts';
import type { SiteRecord } from '../../ports/team-store.ts';
import type { LiveNode } from '../../live/node.ts';
import type { Directory } from '../../team/directory.ts';
import type { Greetings } from './greetings.ts';
import type { Identities } from './identities.ts';
import type { TabSession } from './tab-session.ts';

export interface AgentFacts {
  readonly browser: string;
  readonly browserVersion: string;
  readonly os: string;
  readonly osVersion: string;
  readonly device: string;
}
export interface Judged {
  readonly userAgent: string;
  readonly acceptLanguage: string;
  readonly auto: boolean;
  readonly hints: Hints | undefined;
  readonly address: string;
  readonly addressHash: string;
}

/** All that a tab's session needs of the rest. */
export interface VisitorDeps {
  readonly clock: Clock;
  readonly live: Pick<LiveNode, 'fact' | 'leave' | 'homeOf' | 'now' | 'name' | 'endedAt'>;
  readonly directory: Pick<Directory, 'settings'>;
  readonly identities: Identities;
  readonly greetings: Greetings;
  readonly tabs: { delete(session: TabSession): void };
  readonly geo: Pick<Geo, 'lookup'>;
  readonly describeAgent: (userAgent: string, hints: Hints | undefined) => AgentFacts;
  readonly maskAddress: (address: string, mode: 'default' | 'strong' | 'none-stored') => string;
  /** '' or why this visit is in no count. */
  readonly filteredReason: (
    judged: Judged,
    site: SiteRecord,
    settings: { excludeOwnTeam: boolean; excludedAddresses: readonly string[] },
  ) => string;
  /** One copy of a text that many tabs share. */
  readonly shared: (text: string) => string;
  readonly retry: { readonly minMs: number; readonly maxMs: number };
  readonly counts: { frames: number; hellos: number; refused(kind: CloseKind): void };
}
