import type { Words } from '@foyer/domain/chat';
import type { LiveReads } from '../edge/http/deps.ts';
import type { LiveNode } from '../live/node.ts';
import type { ChatOutcome, ChatStore } from '../ports/chat-store.ts';
import type { ChatService } from './chat-service.ts';
import { newTabSecret } from './visitor-secrets.ts';

export interface InviteAsk {
  readonly workspace: string;
  readonly agent: string;
  /** As the live list names them. */
  readonly visitor: string;
  readonly cid: string;
  readonly words: Words;
  readonly anyway: boolean;
}

interface InvitationsDeps {
  readonly live: Pick<LiveNode, 'wake'>;
  readonly reads: Pick<LiveReads, 'detail'>;
  readonly store: Pick<ChatStore, 'conversationsOf'>;
  readonly chat: ChatService;
}

/** Invitations to visitors without storage that this node has sent; beyond it the oldest is asked anew. */
const MOST_REMEMBERED = 5_000;

/**
 * Invitations — an agent writes first to somebody who is listed.
 *
 * A visitor without storage has no conversation of their own: one is made for the tab that they looked at last, which gets its secret with
 * the wake-up; the others of that address never see it.
 */
export class Invitations {
  readonly #deps: InvitationsDeps;
  readonly #tabs = new Map<string, { secret: string; visitor: string }>();

  constructor(deps: InvitationsDeps) {
    this.#deps = deps;
  }

  async invite(q: InviteAsk): Promise<ChatOutcome> {
    const { workspace, agent, cid, words, anyway } = q;
    const { chat, live } = this.#deps;
    const site = await this.#siteOf(workspace, q.visitor);
    if (site === '') return { ok: false, refusal: { code: 'not_found', who: '' } };
    const isLimited = q.visitor.startsWith('c');
    const tab = isLimited ? this.#tabOf(workspace, site, q.visitor) : { visitor: q.visitor, secret: '' };
    const outcome = await chat.request({
      do: 'invite',
      agent,
      cid,
      words,
      anyway,
      origin: {
        id: chat.newId(),
        workspace,
        site,
        source: 'widget',
        visitor: tab.visitor,
        cookieless: isLimited,
        team: '',
        contact: { name: '', email: '', verified: false },
        ai: '',
      },
    });
    if (tab.secret !== '' && outcome.ok && outcome.changes.length > 0) live.wake({ workspace, visitor: q.visitor, secret: tab.secret });
    return outcome;
  }

  /** Of a listed visit, or, for an invitation that is said again after the visitor has gone, of their conversation. */
  async #siteOf(workspace: string, visitor: string): Promise<string> {
    const { reads, store } = this.#deps;
    const detail = await reads.detail({ workspace, id: visitor, hidden: [] });
    if (detail) return detail.visitor === visitor ? detail.site : '';
    const [latest] = await store.conversationsOf({ workspace, visitor, limit: 1 });
    return latest?.state.site ?? '';
  }

  /** The tab of theirs that is in chat already, or was invited before; else one to be. */
  #tabOf(workspace: string, site: string, visit: string): { secret: string; visitor: string } {
    const { chat } = this.#deps;
    const inChat = chat.tabs.here.visitorAt(workspace, visit);
    if (inChat !== '') return { secret: '', visitor: inChat };
    const key = `${workspace}\n${visit}`;
    let tab = this.#tabs.get(key);
    if (!tab) {
      const secret = newTabSecret();
      tab = { secret, visitor: chat.tabVisitorOf(site, secret) };
      this.#tabs.set(key, tab);
      if (this.#tabs.size > MOST_REMEMBERED) this.#tabs.delete(this.#tabs.keys().next().value!);
    }
    return tab;
  }
}
