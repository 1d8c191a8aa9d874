import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { CHAT_LIMITS, type Conversation, type InboxPage, type Message, type MessagesPage } from '@foyer/protocol';
import { Account } from '../../e2e/account.ts';
import { FoyerProcess } from '../../e2e/foyer-process.ts';
import { Random } from '../fuzz/random.ts';
import { AgentEnd } from './agent-end.ts';
import { CuttingProxy } from './cutting-proxy.ts';
import { VisitorEnd } from './visitor-end.ts';

export interface ChatWorldOptions {
  readonly seed: number;
  readonly cuts: number;
  readonly kills: number;
  readonly visitors: number;
}
/** Words that an end has on their way at once, and at least, so that there is always something to cut. */
const ON_THE_WAY = 3;
const AT_LEAST = 12;
const LOOK_EVERY_MS = 20;
/** A last message that was cut off arrives within 5 s; an end that is back and a server that starts take their time before that. */
const AT_REST_WITHIN_MS = 20_000;

/** Visitors and agents on a real server, through a proxy that cuts; the server is killed between their words. */
export class ChatWorld {
  readonly #o: ChatWorldOptions;
  readonly #random: Random;
  readonly #data = mkdtempSync(join(tmpdir(), 'foyer-soak-'));
  #foyer!: FoyerProcess;
  #proxy!: CuttingProxy;
  #owner!: Account;
  visitors: VisitorEnd[] = [];
  agents: AgentEnd[] = [];
  kills = 0;

  constructor(options: ChatWorldOptions) {
    this.#o = options;
    this.#random = new Random(options.seed);
  }

  async start(): Promise<void> {
    const { cuts, visitors } = this.#o;
    this.#foyer = await FoyerProcess.start({ data: this.#data });
    this.#owner = await Account.setUp(this.#foyer);
    const second = await Account.invited(this.#owner, 'agent', 'Ben');
    this.#proxy = await CuttingProxy.start({ to: this.#foyer.port, random: this.#random, cuts });
    const { key } = await this.#owner.site();
    const { origin } = this.#proxy;
    const random = this.#random;
    this.visitors = Array.from({ length: visitors }, (_, i) => new VisitorEnd({ origin, key, name: `visitor-${i + 1}`, random }));
    this.agents = [this.#owner, second].map((account, i) => new AgentEnd({ account, origin, name: `agent-${i + 1}`, random }));
    for (const end of [...this.agents, ...this.visitors]) end.open();
  }

  /** Everybody talks until all cuts and kills have been. */
  async talk(): Promise<void> {
    const { cuts, kills, visitors } = this.#o;
    const between = cuts / (kills + 1);
    const least = AT_LEAST * visitors;
    while (this.#proxy.cuts > 0 || this.kills < kills || this.visitors.reduce((sum, { said }) => sum + said.length, 0) < least) {
      for (const visitor of this.visitors) if (visitor.line.outgoing.length < ON_THE_WAY) visitor.say();
      for (const agent of this.agents) {
        for (const { id } of agent.own) if ((agent.lines.get(id)?.outgoing.length ?? 0) < ON_THE_WAY) agent.say(id);
      }
      if (this.kills < kills && cuts - this.#proxy.cuts >= between * (this.kills + 1)) await this.#kill();
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }

  /** Nobody says anything more: until both sides have all of it. Throws what is missing. */
  async rest(): Promise<void> {
    const until = Date.now() + AT_REST_WITHIN_MS;
    for (let missing = await this.#missing(); missing !== ''; missing = await this.#missing()) {
      if (Date.now() > until) throw new Error(`not at rest: ${missing}`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS * 5));
    }
  }

  /** What differs between what was said, what is stored and what each side has; [] = nothing. After one more kill. */
  async faults(): Promise<string[]> {
    await this.#kill();
    const faults: string[] = [];
    const stored = await this.#stored();
    for (const [i, visitor] of this.visitors.entries()) {
      const { conversation } = visitor.line;
      const messages = stored.get(conversation) ?? [];
      const words = (kind: 'visitor' | 'agent'): string[] =>
        messages.flatMap(({ from, body }) => (from.kind === kind && body.kind === 'text' ? [body.text] : []));
      const differ = (what: string, is: unknown, should: unknown): void => {
        if (!isDeepStrictEqual(is, should))
          faults.push(`visitor ${i + 1}, ${what}: ${JSON.stringify(is)} instead of ${JSON.stringify(should)}`);
      };
      differ('words in the store', words('visitor'), visitor.said);
      const answers = this.agents.flatMap(({ said }) => (said.has(conversation) ? [said.get(conversation)] : []));
      for (const said of answers) {
        differ(
          'answers in the store',
          words('agent').filter((text) => said?.includes(text)),
          said,
        );
      }
      differ('answers in all', words('agent').length, answers.flat().length);
      differ(
        'numbers',
        messages.map(({ seq }) => seq),
        messages.map((_, at) => at + 1),
      );
      const brief = (all: readonly Pick<Message, 'seq' | 'body'>[]): unknown[] =>
        all.map(({ seq, body }) => [seq, body.kind === 'text' ? body.text : body.kind]);
      differ('the widget', brief(visitor.line.messages), brief(messages));
      for (const agent of this.agents) differ('a console', brief(agent.lines.get(conversation)?.messages ?? []), brief(messages));
    }
    for (const end of [...this.visitors, ...this.agents]) faults.push(...end.refused.map((refused) => `refused: ${refused}`));
    if (stored.size !== this.visitors.length) faults.push(`${stored.size} conversations of ${this.visitors.length} visitors`);
    return faults;
  }

  /** For people who read the output of a run. */
  get story(): string {
    const { up, down } = this.#proxy.cutBy;
    const words = this.visitors.reduce((sum, { said }) => sum + said.length, 0);
    const answers = this.agents.reduce((sum, { said }) => sum + [...said.values()].flat().length, 0);
    return `${words} words and ${answers} answers through ${up} cuts up, ${down} down and ${this.kills} kills`;
  }

  async stop(): Promise<void> {
    for (const end of [...this.visitors, ...this.agents]) end.stop();
    await this.#proxy.stop();
    await this.#foyer.dispose();
    rmSync(this.#data, { recursive: true, force: true });
  }

  async #kill(): Promise<void> {
    this.kills++;
    const { port } = this.#foyer;
    await this.#foyer.kill();
    this.#foyer = await FoyerProcess.start({ data: this.#data, port });
  }

  async #missing(): Promise<string> {
    for (const visitor of this.visitors) if (visitor.line.outgoing.length > 0) return 'words of a visitor';
    for (const agent of this.agents) for (const line of agent.lines.values()) if (line.outgoing.length > 0) return 'answers of an agent';
    for (const { id, rev, shownRev } of await this.#conversations()) {
      const widget = this.visitors.find(({ line }) => line.conversation === id);
      if (!widget || widget.line.rev < shownRev) return `${id} in a widget: ${widget?.line.rev} of ${shownRev}`;
      for (const { lines } of this.agents)
        if ((lines.get(id)?.rev ?? 0) < rev) return `${id} in a console: ${lines.get(id)?.rev} of ${rev}`;
    }
    return '';
  }

  async #conversations(): Promise<Conversation[]> {
    const { entries } = await this.#owner.get<InboxPage>('/conversations');
    return entries.map(({ conversation }) => conversation);
  }

  async #stored(): Promise<Map<string, Message[]>> {
    const stored = new Map<string, Message[]>();
    for (const { id, seq } of await this.#conversations()) {
      let messages: Message[] = [];
      for (let before = seq + 1, more = true; more; before = messages[0]?.seq ?? 1) {
        const path = `/conversations/${id}/messages?before=${before}&limit=${CHAT_LIMITS.pageMessages}`;
        const page = await this.#owner.get<MessagesPage>(path);
        messages = [...page.messages, ...messages];
        more = page.more;
      }
      stored.set(id, messages);
    }
    return stored;
  }
}
