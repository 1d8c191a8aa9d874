import type { ChatChange } from '../ports/chat-store.ts';

/** A visitor in chat, as the node with their tabs says it. */
export interface VisitorHere {
  /** By whom their visit is found on the map; '' when there is none. */
  readonly visit: string;
  /** The chat is open on a screen of theirs. */
  readonly shown: boolean;
}
type Looking = 'looking' | 'typing';

/** What nodes tell each other about chat. What is lost is found out by heads, or told whole again when a channel is set up anew. */
export type ChatNote =
  | { readonly k: 'chat-change'; readonly change: ChatChange }
  | {
      readonly k: 'chat-typing';
      readonly workspace: string;
      readonly conversation: string;
      readonly visitor: string;
      /** User id of an agent; '': the visitor types. */
      readonly agent: string;
      readonly on: boolean;
      readonly text: string;
    }
  /** By workspace and visitor of a conversation; null: gone. `full`: who is not named is gone. */
  | {
      readonly k: 'chat-here';
      readonly full?: true;
      readonly set: Readonly<Record<string, Readonly<Record<string, VisitorHere | null>>>>;
    }
  /** By workspace, user and conversation: what agents at consoles of the sender have open. Whole, for each user that is named. */
  | {
      readonly k: 'chat-looks';
      readonly full?: true;
      readonly set: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, Looking>>>>>>;
    }
  /** By workspace and conversation: those without a visit on the map, of visitors whose home is the sender; null: no more. */
  | {
      readonly k: 'chat-elsewhere';
      readonly full?: true;
      readonly set: Readonly<Record<string, Readonly<Record<string, true | null>>>>;
    }
  /** Which of these visitors, whose home is the receiver, have a pin? */
  | { readonly k: 'chat-on-map?'; readonly ask: number; readonly workspace: string; readonly visitors: readonly string[] }
  | { readonly k: 'chat-on-map'; readonly ask: number; readonly visitors: readonly string[] }
  /** Settings, teams or what agents have chosen were written. */
  | { readonly k: 'chat-settings'; readonly workspace: string };

export type { Looking };
