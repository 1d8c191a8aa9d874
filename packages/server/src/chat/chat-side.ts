/** Everything of chat, put together: what app.ts starts and hands to sockets and routes. */
import { ConsoleChat, type ConsoleFrom } from '../edge/console/console-chat.ts';
import { KeyedBuckets, MESSAGES_PER_ADDRESS, TRANSCRIPTS_PER_ADDRESS } from '../edge/rate-limits.ts';
import { ChatSession, type ChatSessionDeps, type TabOfChat } from '../edge/visitor/chat-session.ts';
import type { AssessDeps } from '../edge/visitor/deps.ts';
import type { Identities } from '../edge/visitor/identities.ts';
import type { Colleagues, Desk } from '../live/colleagues.ts';
import type { Directory } from '../team/directory.ts';
import type { Actor } from '../team/sessions.ts';
import { ChatJobs } from './chat-jobs.ts';
import { type ChatDeps, ChatService } from './chat-service.ts';
import { Profiles, type ProfilesDeps } from './profiles.ts';

export interface ChatSideDeps extends Omit<ChatDeps, 'tabVisitorOf'> {
  readonly assess: AssessDeps;
  /** The address of a page of a site as agents see it. */
  readonly pageOf: ProfilesDeps['pageOf'];
  readonly identities: Identities;
  readonly directory: Directory;
  readonly colleagues: Colleagues;
  readonly mailTranscript: ChatSessionDeps['mailTranscript'];
  readonly noteRequest?: NonNullable<ChatSessionDeps['noteRequest']>;
}

export class ChatSideOf {
  readonly service: ChatService;
  readonly jobs: ChatJobs;
  readonly #deps: ChatSideDeps;
  readonly #profiles: Profiles;
  readonly #perAddress = new KeyedBuckets(MESSAGES_PER_ADDRESS);
  readonly #perAddressMails = new KeyedBuckets(TRANSCRIPTS_PER_ADDRESS);

  constructor(deps: ChatSideDeps) {
    this.#deps = deps;
    const { identities } = deps;
    this.service = new ChatService({ ...deps, tabVisitorOf: (site, secret) => identities.tabVisitorOf(site, secret) });
    this.jobs = new ChatJobs({ ...deps, chat: this.service });
    this.#profiles = new Profiles({ ...deps.assess, ...deps, now: () => this.service.now() });
  }

  async start(): Promise<void> {
    await this.service.start();
    this.jobs.start();
  }

  stop(): void {
    this.jobs.stop();
    this.service.stop();
  }

  readonly openTab = (tab: TabOfChat, offered: string): ChatSession =>
    new ChatSession(
      {
        ...this.#deps,
        chat: this.service,
        profiles: this.#profiles,
        perAddress: this.#perAddress,
        perAddressMails: this.#perAddressMails,
      },
      tab,
      offered,
    );

  readonly openConsole = (desk: Desk, actor: Actor, give: (text: string) => void, from?: ConsoleFrom): ConsoleChat =>
    new ConsoleChat({ ...this.#deps, chat: this.service, ...(from ? { from } : {}) }, desk, actor, give);

  readonly isAwaited = (workspace: string, visitor: string): boolean => this.service.isAwaited(workspace, visitor);

  /** Of colleagues: somebody's first console opened, or the last one closed. */
  readonly seen = (workspace: string, user: string, isHere: boolean): void => {
    this.service.agents.seen(workspace, user, isHere);
    this.service.availabilityMayHaveChanged(workspace);
    if (isHere) this.jobs.kick();
  };
}
