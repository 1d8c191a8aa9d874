import type { Geo } from '../../geo/geo.ts';
import type { CloseKind, Hints, LeftOutReason } from '@foyer/protocol';
import type { Clock } from '../../ports/clock.ts';
import type { SiteRecord } from '../../ports/team-store.ts';
import type { LiveNode } from '../../live/node.ts';
import type { Directory } from '../../team/directory.ts';
import type { SiteIdentities } from '../../team/site-identities.ts';
import type { Greetings } from './greetings.ts';
import type { Identities } from './identities.ts';
import type { ChatSession, TabOfChat } from './chat-session.ts';
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

/** What tells who somebody is, from what a request and a page say. */
export interface AssessDeps {
  readonly geo: Pick<Geo, 'lookup'>;
  readonly describeAgent: (userAgent: string, hints: Hints | undefined) => AgentFacts;
  readonly maskAddress: (address: string, mode: 'default' | 'strong' | 'none-stored') => string;
  /** Why this visit is in no count, the rule that decides first; none for a visitor. */
  readonly leftOut: (
    judged: Judged,
    site: SiteRecord,
    settings: { excludeOwnTeam: boolean; excludedAddresses: readonly string[] },
  ) => readonly LeftOutReason[];
}

/** All that a tab's session needs of the rest. */
export interface VisitorDeps extends AssessDeps {
  readonly clock: Clock;
  readonly live: Pick<LiveNode, 'fact' | 'leave' | 'homeOf' | 'now' | 'name' | 'endedAt'>;
  readonly directory: Pick<Directory, 'settings' | 'isVisitorBlocked'>;
  readonly identities: Identities;
  readonly people: Pick<SiteIdentities, 'proves' | 'claim'>;
  readonly greetings: Greetings;
  /** Id of the goal that a page of this site means by what it says; null: there is none that is on. */
  readonly goalOf: (site: string, said: string) => string | null;
  /** The address of a page of this site as agents see it. */
  readonly pageOf: (site: SiteRecord, url: string) => string;
  readonly tabs: { delete(session: TabSession): void };
  /** The chat of a tab that has said its first word of it; absent: there is none. */
  readonly openChat?: (tab: TabOfChat, offered: string) => ChatSession;
  /** Something waits for this visitor in chat. */
  readonly isAwaited?: (workspace: string, visitor: string) => boolean;
  /** One copy of a text that many tabs share. */
  readonly shared: (text: string) => string;
  readonly retry: { readonly minMs: number; readonly maxMs: number };
  readonly counts: { frames: number; hellos: number; refused(kind: CloseKind): void };
}
