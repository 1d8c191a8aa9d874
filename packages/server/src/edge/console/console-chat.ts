import type { ChatCommand, Words } from '@foyer/domain/chat';
import type { ConsoleChatDown, ConsoleChatUp, Lookers } from '@foyer/protocol';
import type { ChatConsole } from '../../chat/chat-consoles.ts';
import type { ChatService } from '../../chat/chat-service.ts';
import { LatestMarks } from '../../chat/latest-marks.ts';
import { type SeenRequest, statusOf } from '../../history/request-log.ts';
import { refused, unavailable } from '../../chat/refusals.ts';
import { Turns } from '../../chat/turns.ts';
import type { Colleagues, Desk } from '../../live/colleagues.ts';
import type { ChatOutcome } from '../../ports/chat-store.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Actor } from '../../team/sessions.ts';
import { Bucket, COMMANDS_PER_CONSOLE, SIGNS_PER_TAB } from '../rate-limits.ts';

export interface ConsoleChatDeps {
  readonly chat: ChatService;
  readonly colleagues: Pick<Colleagues, 'invite'>;
  readonly clock: Clock;
  readonly onOutage: (what: string, cause: unknown) => void;
  /** A line in the request log. */
  readonly noteRequest?: (seen: SeenRequest) => void;
  /** Where the console is, for that line; absent: nowhere that is known. */
  readonly from?: ConsoleFrom;
}
/** As its handshake said it. */
export interface ConsoleFrom {
  /** Full address, in memory until it is masked. */
  readonly address: string;
  readonly userAgent: string;
}
type Asked = Extract<ConsoleChatUp, { cid: string }>;
type Acting = Exclude<Asked, { t: 'chat.invite' }>;

const NOWHERE: ConsoleFrom = { address: '', userAgent: '' };
/** Until it is taken back: the last moment that a date can name. */
const FOR_EVER = 8_640_000_000_000_000;

/** One console's chat: what its agent does, in its order, and what they hear of. */
export class ConsoleChat implements ChatConsole {
  readonly workspace: string;
  readonly user: string;
  readonly #deps: ConsoleChatDeps;
  readonly #desk: Desk;
  readonly #give: (text: string) => void;
  readonly #turns: Turns;
  readonly #commands = new Bucket(COMMANDS_PER_CONSOLE);
  readonly #signs = new Bucket(SIGNS_PER_TAB);
  readonly #marks: LatestMarks<number>;
  #hasEntered = false;

  /** `give`: a frame that must arrive, in order. */
  constructor(deps: ConsoleChatDeps, desk: Desk, actor: Actor, give: (text: string) => void) {
    this.#deps = deps;
    this.#desk = desk;
    this.#give = give;
    this.workspace = actor.workspace;
    this.user = actor.user.id;
    this.#turns = new Turns((cause) => deps.onOutage('answer a console', cause));
    this.#marks = new LatestMarks(
      (conversation, read) => this.#mark(conversation, read),
      (cause) => deps.onOutage('store what was read', cause),
    );
  }

  tell(frame: ConsoleChatDown): void {
    this.#give(JSON.stringify(frame));
  }

  tellText(text: string): void {
    this.#give(text);
  }

  lookers(frame: Lookers): void {
    this.tell(frame);
  }

  close(): void {
    this.#deps.chat.consoles.leave(this);
  }

  take(frame: ConsoleChatUp): void {
    const { chat, colleagues } = this.#deps;
    switch (frame.t) {
      case 'chat.hello':
        if (this.#hasEntered) return this.tell(chat.head(this.workspace));
        this.#hasEntered = true;
        return chat.consoles.enter(this);
      case 'chat.watch':
        return chat.lookers.watch(this, frame.conversation);
      case 'chat.inviting':
        return colleagues.invite(this.#desk, frame.visitor);
      case 'chat.typing':
        return this.#typing(frame.conversation, frame.on);
      case 'chat.marks':
        return this.#marks.put(frame.conversation, frame.read);
      case 'chat.available':
        this.#turns.take(() => chat.choose(this.workspace, this.user, frame.as));
        return;
      default:
        return this.#inTurn(frame);
    }
  }

  #inTurn(frame: Asked): void {
    const startedMs = this.#deps.clock.mono();
    const note = (error: string): void =>
      this.#deps.noteRequest?.({
        ...{ workspace: this.workspace, source: 'console', endpoint: frame.t, method: 'FRAME', status: statusOf(error), error },
        ...{ latencyMs: this.#deps.clock.mono() - startedMs, ...NOWHERE, ...this.#deps.from },
      });
    const waitMs = this.#commands.wait(startedMs);
    if (waitMs > 0) return this.tell(refused(frame.cid, 'rate_limited', { retryAfterMs: waitMs }));
    const taken = this.#turns.take(async () => {
      try {
        note(await this.#request(frame));
      } catch (cause) {
        note('unavailable');
        this.tell(unavailable(frame.cid));
        throw cause;
      }
    });
    if (!taken) this.tell(refused(frame.cid, 'rate_limited', { retryAfterMs: 1_000 }));
  }

  /** Answers why not; ''. */
  async #request(frame: Asked): Promise<string> {
    const outcome = await this.#outcomeOf(frame);
    if (outcome.ok) {
      const { conversation, seq, at } = outcome.receipt;
      this.tell({ t: 'chat.receipt', cid: frame.cid, conversation, seq, at });
      return '';
    }
    const { code, who } = outcome.refusal;
    // Who it is instead, where that is somebody with a name.
    this.tell(refused(frame.cid, code, { name: who === '' || who === this.user ? '' : this.#deps.chat.faces('agent', who).name }));
    return code;
  }

  #outcomeOf(frame: Asked): Promise<ChatOutcome> {
    const { workspace, user: agent } = this;
    const { chat } = this.#deps;
    if (frame.t === 'chat.invite') {
      const { visitor, cid, body, anyway } = frame;
      return chat.invite({ workspace, agent, visitor, cid, words: wordsOf(body), anyway: anyway === true });
    }
    const command = this.#commandOf(frame);
    if (typeof command === 'string') return Promise.resolve({ ok: false, refusal: { code: command, who: '' } });
    return chat.request({ do: 'act', workspace, conversation: frame.conversation, command });
  }

  /** Or why there is none: what it names does not exist. */
  #commandOf(frame: Acting): Exclude<ChatCommand, { c: 'start' | 'invite' }> | 'not_found' | 'not_allowed' {
    const by = { kind: 'agent', id: this.user } as const;
    const { chat } = this.#deps;
    switch (frame.t) {
      case 'chat.say':
        return { c: 'say', by, cid: frame.cid, words: wordsOf(frame.body) };
      case 'chat.note':
        return { c: 'note', by, cid: frame.cid, text: frame.text, mentions: frame.mentions };
      case 'chat.edit':
        return { c: 'edit', by, seq: frame.seq, text: frame.text };
      case 'chat.remove':
        return { c: 'remove', by, seq: frame.seq, how: frame.how };
      case 'chat.accept':
        return { c: 'accept', by, anyway: frame.anyway };
      case 'chat.assign':
        return chat.roster.hasMember(this.workspace, frame.agent)
          ? { c: 'assign', by, agent: frame.agent, anyway: frame.anyway }
          : 'not_found';
      case 'chat.transfer':
        return chat.roster.hasTeam(this.workspace, frame.team) ? { c: 'transfer', by, team: frame.team } : 'not_found';
      case 'chat.release':
        return { c: 'release', by };
      case 'chat.take_over':
        return { c: 'take_over', by };
      case 'chat.hand_to_ai':
        return chat.hasAi(this.workspace, frame.ai) ? { c: 'hand_to_ai', by, ai: frame.ai } : 'not_found';
      case 'chat.resolve':
        return { c: 'resolve', by };
      case 'chat.reopen':
        return { c: 'reopen', by };
      case 'chat.block':
        return { c: 'block', by, until: frame.forMs === undefined ? FOR_EVER : chat.now() + frame.forMs };
      case 'chat.unblock':
        return { c: 'unblock', by };
      case 'chat.tags':
        return { c: 'tag', by, tags: [...new Set(frame.tags)] };
    }
  }

  #typing(conversation: string, on: boolean): void {
    const { chat, clock } = this.#deps;
    if (on && !this.#signs.take(clock.mono())) return;
    chat.lookers.type(this, conversation, on);
    const state = chat.open.byId(this.workspace, conversation);
    // Only who may answer is shown to the visitor as typing.
    if (state?.phase.status !== 'assigned' || state.phase.agent !== this.user) return;
    chat.typing({ workspace: this.workspace, conversation, visitor: state.visitor, agent: this.user, on, text: '' });
  }

  #mark(conversation: string, read: number): Promise<unknown> {
    const command = { c: 'mark', by: { kind: 'agent', id: this.user }, delivered: read, read } as const;
    return this.#deps.chat.request({ do: 'act', workspace: this.workspace, conversation, command });
  }
}

/** On the wire and in a command they are the same but for what valibot makes mutable. */
const wordsOf = (body: Extract<ConsoleChatUp, { t: 'chat.say' }>['body']): Words => body;
