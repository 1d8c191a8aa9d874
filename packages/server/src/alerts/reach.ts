/** Mail, push and alerts, put together: what app.ts starts, and what routes and chat ask. */
import { randomInt } from 'node:crypto';
import type { WidgetLook } from '@foyer/protocol';
import type { Chat } from '../chat/service.ts';
import type { LiveNode } from '../live/node.ts';
import { LetterWriter } from '../mail/letter-writer.ts';
import { Mailer } from '../mail/mailer.ts';
import { sendBySmtp } from '../mail/smtp.ts';
import type { ChatStore } from '../ports/chat-store.ts';
import type { Clock } from '../ports/clock.ts';
import type { NoticeStore } from '../ports/notice-store.ts';
import type { SiteRecord, TeamStore } from '../ports/team-store.ts';
import { type Ring, ringsOf } from '../push/chat-pushes.ts';
import { postOverHttps } from '../push/post.ts';
import { Pushes } from '../push/pushes.ts';
import { newVapidKey, Vapid } from '../push/vapid.ts';
import { Alerts, type AlertsDeps } from './alerts.ts';

/** For tests: addresses of this machine may be pushed to, and its certificate is believed. */
export interface PushTrust {
  readonly mayAsk: (address: string) => boolean;
  readonly ca: string;
}
export interface ReachDeps {
  readonly clock: Clock;
  readonly live: LiveNode;
  readonly chat: Pick<Chat, 'onChange' | 'here' | 'visitorHere' | 'visitIdOf' | 'faces' | 'signFile'>;
  readonly chats: ChatStore;
  readonly notices: NoticeStore;
  readonly team: Pick<TeamStore, 'members' | 'secret'>;
  readonly directory: {
    workspaces(): readonly { readonly id: string }[];
    site(id: string): SiteRecord | null;
    look(site: string): WidgetLook;
    onChange(listener: (change: { readonly kind: string; readonly workspace: string }) => void): () => void;
  };
  /** As filters name them: sites, and the goals of each. */
  readonly sitesOf: AlertsDeps['sitesOf'];
  /** To their consoles on this node. */
  readonly give: AlertsDeps['give'];
  /** '' = not known: then mails have no addresses of files. */
  readonly publicUrl: string;
  readonly pushTrust?: PushTrust | undefined;
  readonly onOutage: (what: string, cause: unknown) => void;
  readonly onTrouble: (what: string, detail: object) => void;
}

/** Push services want to know whom to write to; RFC 8292 allows them to refuse who does not say. */
const NOBODY = 'mailto:nobody@foyer.invalid';

export class Reach {
  readonly mailer: Mailer;
  readonly pushes: Pushes;
  readonly alerts: Alerts;
  readonly #deps: ReachDeps;
  readonly #undo: (() => void)[] = [];

  private constructor(deps: ReachDeps, vapidKey: string) {
    this.#deps = deps;
    const { clock, live, chat, chats, notices, team, directory, publicUrl, pushTrust, onOutage, onTrouble } = deps;
    const random = (): number => randomInt(2 ** 32);
    const here = (workspace: string, user: string): boolean => chat.here(workspace, user);
    this.mailer = new Mailer({
      store: notices,
      chat: chats,
      writer: new LetterWriter({
        chat: chats,
        siteOf: (id) => {
          const site = directory.site(id);
          if (!site) return null;
          const { teamName, accent, language } = directory.look(id);
          return { domain: site.domain, team: teamName || site.name, accent, language };
        },
        faces: chat.faces,
        urlOf: (file, conversation) => (publicUrl === '' ? '' : publicUrl + (chat.signFile(file, conversation).url ?? '')),
      }),
      send: sendBySmtp(),
      clock,
      visitorHere: (workspace, visitor) => chat.visitorHere(workspace, visitor),
      random,
      onOutage,
    });
    this.pushes = new Pushes({
      store: notices,
      clock,
      vapid: new Vapid(vapidKey, publicUrl.startsWith('https://') ? publicUrl : NOBODY),
      post: postOverHttps({ clock, ...pushTrust }),
      ...(pushTrust ? { mayAsk: pushTrust.mayAsk } : {}),
      here,
      random,
      onTrouble,
    });
    this.alerts = new Alerts({
      store: notices,
      clock,
      members: (workspace) => team.members(workspace),
      sitesOf: deps.sitesOf,
      live,
      here,
      give: deps.give,
      push: (workspace, user, note) => this.pushes.tell(workspace, user, note),
      visitIdOf: (conversation) => chat.visitIdOf(conversation),
      onOutage,
    });
  }

  /** The VAPID key is made at the first start and kept: browsers that subscribed with it know no other. */
  static async open(deps: ReachDeps): Promise<Reach> {
    return new Reach(deps, await deps.team.secret('vapid', newVapidKey()));
  }

  /** Rejects when the store is away. */
  async start(): Promise<void> {
    const { chat, directory, live } = this.#deps;
    live.attachAlerts(this.alerts);
    this.#undo.push(
      chat.onChange((change, { before }) => {
        this.mailer.changed(change, before);
        this.alerts.chatChanged(change, before);
        const site = directory.site(change.state.site);
        for (const ring of ringsOf(change, before, site?.name ?? '')) void this.#ring(change.workspace, ring);
      }),
      // Roles decide what an alert may look at, names of sites and goals how its filter is read.
      directory.onChange(({ kind, workspace }) => {
        if (kind === 'team' || kind === 'sites' || kind === 'goals') this.alerts.changed(workspace);
      }),
    );
    await this.alerts.start();
    await this.mailer.start(directory.workspaces().map(({ id }) => id));
  }

  async stop(): Promise<void> {
    for (const undo of this.#undo) undo();
    this.alerts.stop();
    this.pushes.stop();
    await this.mailer.stop();
  }

  /** As routes ask for it. Whether an alert can be heard depends on the browsers that take pushes. */
  get routes() {
    const { mailer, alerts, pushes } = this;
    const { notices } = this.#deps;
    return {
      mailer,
      alerts,
      pushes: {
        key: pushes.key,
        subscribe: async (...asked: Parameters<Pushes['subscribe']>): ReturnType<Pushes['subscribe']> => {
          const kept = await pushes.subscribe(...asked);
          alerts.changed(asked[0].workspace);
          return kept;
        },
      },
      notices: {
        ...notices,
        deletePushDevice: async (asked: Parameters<NoticeStore['deletePushDevice']>[0]): Promise<boolean> => {
          const wasThere = await pushes.remove(asked);
          alerts.changed(asked.workspace);
          return wasThere;
        },
      },
    };
  }

  /** Somebody's first page opened, or the last one closed. */
  seen(workspace: string, user: string): void {
    this.alerts.seen(workspace, user);
  }

  async #ring(workspace: string, { users, team, note }: Ring): Promise<void> {
    try {
      for (const user of users === 'anybody' ? await this.#whoMayAccept(workspace, team) : users) this.pushes.tell(workspace, user, note);
    } catch (cause) {
      this.#deps.onOutage('say who is to be told of a chat', cause);
    }
  }

  /** Members of the team who have not chosen to be offline. */
  async #whoMayAccept(workspace: string, team: string): Promise<string[]> {
    const { team: members, chats } = this.#deps;
    const [all, agents, teams] = await Promise.all([members.members(workspace), chats.agents(workspace), chats.teams(workspace)]);
    const own = teams.find(({ id }) => id === team);
    const off = new Set(agents.filter(({ available }) => available === 'offline').map(({ id }) => id));
    return all.map(({ id }) => id).filter((id) => !off.has(id) && (own === undefined || own.members.includes(id)));
  }
}
