import type { AlertFrame, ChangedFrame, Colleague, ContextKind, Detail, ReachedGoal, Scope, Window } from '@foyer/protocol';
import type { PlacesPart, RowsPart, ViewPart } from '@foyer/domain/board';
import type { VisitRecord } from '../ports/history-store.ts';
import type { Announcement, PageSeen, TabKey } from '@foyer/domain/presence';
import type { ChatNote } from '../chat/notes.ts';
import type { ConversationNote } from './conversations.ts';

/** A tab's facts, from the node with its socket to the home of its visit. */
export type Fact =
  | { readonly k: 'announce'; readonly workspace: string; readonly addressHash: string; readonly a: Announcement }
  | { readonly k: 'page'; readonly workspace: string; readonly key: TabKey; readonly page: PageSeen }
  | { readonly k: 'title'; readonly workspace: string; readonly key: TabKey; readonly n: number; readonly title: string }
  | { readonly k: 'state'; readonly workspace: string; readonly key: TabKey; readonly hidden: boolean; readonly focused: boolean }
  | { readonly k: 'act'; readonly workspace: string; readonly key: TabKey }
  | { readonly k: 'gone'; readonly workspace: string; readonly key: TabKey }
  | {
      readonly k: 'context';
      readonly workspace: string;
      readonly key: TabKey;
      readonly kind: ContextKind;
      readonly items: number | null;
      readonly data: string;
    }
  | {
      readonly k: 'goal';
      readonly workspace: string;
      readonly key: TabKey;
      readonly reached: Omit<ReachedGoal, 'at'>;
      readonly agoMs: number;
    }
  | { readonly k: 'identify'; readonly workspace: string; readonly key: TabKey; readonly name: string; readonly identity: string };

/** What the home tells the node with the tab's socket. */
export type TabNote =
  | { readonly k: 'you'; readonly key: TabKey; readonly visit: string; readonly startedAt: number }
  | { readonly k: 'stored'; readonly key: TabKey; readonly n: number }
  /** No listed visit knows this tab: announce it anew, as a new visit. */
  | { readonly k: 'unknown'; readonly key: TabKey }
  /** Somebody wrote to its visitor. `secret`: with which this tab, and no other, is spoken to; '' of a visitor who has one. */
  | { readonly k: 'wake'; readonly key: TabKey; readonly secret: string };

/** What a console's node asks of every node. `view` is the shared key of {workspace, scope, filter}. */
export type ViewOrder =
  | { readonly k: 'open'; readonly view: string; readonly workspace: string; readonly scope: Scope; readonly filter: string }
  | { readonly k: 'close'; readonly view: string }
  | { readonly k: 'window'; readonly view: string; readonly key: string; readonly window: Window }
  | { readonly k: 'unwindow'; readonly view: string; readonly key: string }
  | { readonly k: 'follow'; readonly workspace: string; readonly id: string }
  | { readonly k: 'unfollow'; readonly workspace: string; readonly id: string };

/** Answers to those, each over one node's own visits. */
export type Part =
  | { readonly k: 'view'; readonly view: string; readonly part: ViewPart }
  /** Places that following parts of this node refer to by index. Sent before the first part that needs them. */
  | { readonly k: 'places'; readonly places: PlacesPart }
  | { readonly k: 'rows'; readonly view: string; readonly key: string; readonly part: RowsPart }
  | { readonly k: 'detail'; readonly workspace: string; readonly id: string; readonly detail: Detail | null; readonly addressHash: string };

/** Agents with a console on the sender, by workspace and user; null: none any more. */
export interface ColleaguesNote {
  readonly k: 'colleagues';
  /** Everybody there: who is not named is gone. */
  readonly full?: true;
  readonly set: Readonly<Record<string, Readonly<Record<string, Colleague | null>>>>;
}

/** One of an agent's alerts has something to say, to their consoles wherever they are. */
export interface AlertNote {
  readonly k: 'alert';
  readonly workspace: string;
  readonly user: string;
  readonly frame: AlertFrame;
}

export type NodeMessage =
  | Fact
  | TabNote
  | ViewOrder
  | Part
  | ConversationNote
  | ColleaguesNote
  | AlertNote
  /** Somebody's alerts have changed: read them again. */
  | { readonly k: 'alerts-changed'; readonly workspace: string }
  | ChatNote
  /** To the home of a visit: its visitor's chat has reached a goal. */
  | {
      readonly k: 'visitor-goal';
      readonly workspace: string;
      readonly visitor: string;
      readonly reached: ReachedGoal;
      readonly email: string;
    }
  /** To the home of a visit: wake its tabs; with a secret one of them. */
  | { readonly k: 'wake-visitor'; readonly workspace: string; readonly visitor: string; readonly secret: string }
  /** Consoles of the workspace should read this again. */
  | { readonly k: 'changed'; readonly workspace: string; readonly what: ChangedFrame['what'] }
  /** End of a complete announcement: sockets of the sender that are not named are gone. */
  | { readonly k: 'complete'; readonly sockets: readonly number[] }
  /** A visit as the sender held it, for its home. */
  | { readonly k: 'handover'; readonly record: VisitRecord }
  /** Forget every view the sender had open; those it still has follow. */
  | { readonly k: 'views-reset' };
