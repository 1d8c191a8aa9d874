/** Nodes with chat over one real store: what widgets and dashboards say goes in, what they would hear comes out. For tests. */
import type {
  ConsoleChatDown,
  ConsoleChatUp,
  ConsoleDown,
  Member,
  Settings,
  VisitorChatDown,
  VisitorChatUp,
  VisitorDown,
} from '@foyer/protocol';
import { freshStores } from '../adapters/store-sqlite/sqlite.testkit.ts';
import { aHello, aNode, aWorld, type TestConsole, type TestNode, type TestTab, type TestWorld, WORKSPACE } from '../edge/edge.testkit.ts';
import type { ChatStore } from '../ports/chat-store.ts';
import type { ChatSideDeps, ChatSideOf } from './chat-side.ts';

/** Longer than any answer takes on a busy machine; nothing waits for it that goes well. */
const MOST_WAIT_MS = 10_000;
const MEMBERS: readonly Member[] = ['olga', 'anna', 'ben'].map((id, i) => ({
  id,
  name: id[0]!.toUpperCase() + id.slice(1),
  email: `${id}@fernhill.test`,
  role: i === 0 ? 'owner' : 'agent',
  createdAt: i,
}));

/** Waits for real threads, not for time: the clock of the nodes stands still meanwhile. */
export async function until<T>(look: () => T | undefined | null | false): Promise<T> {
  const before = performance.now();
  for (;;) {
    const found = look();
    if (found) return found;
    if (performance.now() - before > MOST_WAIT_MS) throw new Error(`never came: ${look.toString()}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The same of what is asked of the store. */
export async function eventually<T>(look: () => Promise<T | undefined | null | false>): Promise<T> {
  const before = performance.now();
  for (;;) {
    const found = await look();
    if (found) return found;
    if (performance.now() - before > MOST_WAIT_MS) throw new Error(`never came: ${look.toString()}`);
  }
}

type TabDown = VisitorDown | VisitorChatDown;
type DeskDown = ConsoleDown | ConsoleChatDown;
let cids = 0;
export const aCid = (): string => `cid-${String(++cids).padStart(6, '0')}`;

/** A tab with its chat. */
export class ChatterTab {
  readonly tab: TestTab;
  constructor(tab: TestTab) {
    this.tab = tab;
  }
  say(frame: VisitorChatUp): void {
    this.tab.session.text(JSON.stringify(frame));
  }
  text(text: string, more: Partial<Extract<VisitorChatUp, { t: 'chat.say' }>> = {}): string {
    const cid = aCid();
    this.say({ t: 'chat.say', cid, body: { kind: 'text', text }, ...more });
    return cid;
  }
  all<T extends TabDown['t']>(t: T): Extract<TabDown, { t: T }>[] {
    return (this.tab.heard as readonly TabDown[]).filter((frame): frame is Extract<TabDown, { t: T }> => frame.t === t);
  }
  /** The last one, as soon as `that` holds of one. */
  hears<T extends TabDown['t']>(
    t: T,
    that: (frame: Extract<TabDown, { t: T }>) => boolean = () => true,
  ): Promise<Extract<TabDown, { t: T }>> {
    return until(() => this.all(t).findLast(that));
  }
  receipt(cid: string): Promise<Extract<TabDown, { t: 'chat.receipt' }>> {
    return this.hears('chat.receipt', (frame) => frame.cid === cid);
  }
  async hello(over: Partial<Extract<VisitorChatUp, { t: 'chat.hello' }>> = {}): Promise<Extract<TabDown, { t: 'chat.you' }>> {
    const before = this.all('chat.you').length;
    this.say(aChatHello(over));
    return until(() => this.all('chat.you')[before]);
  }
}

/** A console with its chat. */
export class ChatterDesk {
  readonly console: TestConsole;
  constructor(console: TestConsole) {
    this.console = console;
  }
  say(frame: ConsoleChatUp): void {
    this.console.session.text(JSON.stringify(frame));
  }
  all<T extends DeskDown['t']>(t: T): Extract<DeskDown, { t: T }>[] {
    return (this.console.heard as readonly DeskDown[]).filter((frame): frame is Extract<DeskDown, { t: T }> => frame.t === t);
  }
  hears<T extends DeskDown['t']>(
    t: T,
    that: (frame: Extract<DeskDown, { t: T }>) => boolean = () => true,
  ): Promise<Extract<DeskDown, { t: T }>> {
    return until(() => this.all(t).findLast(that));
  }
  /** Answers the code of the refusal, or 'done'. */
  async does(frame: ConsoleChatUp & { cid: string }): Promise<string> {
    this.say(frame);
    return until(() => {
      if (this.all('chat.receipt').some(({ cid }) => cid === frame.cid)) return 'done';
      return this.all('chat.refused').find(({ cid }) => cid === frame.cid)?.code;
    });
  }
}

export function aChatHello(over: Partial<Extract<VisitorChatUp, { t: 'chat.hello' }>> = {}): Extract<VisitorChatUp, { t: 'chat.hello' }> {
  const page = { url: 'https://shop.test/sofas?token=x', title: 'Sofas' };
  return { t: 'chat.hello', v: 1, tab: 'tab00001', lang: 'de', tz: 'Europe/Berlin', page, ...over };
}

export interface ChatNode {
  readonly node: TestNode;
  readonly chat: ChatSideOf;
  tab(over?: Parameters<TestNode['tab']>[0]): ChatterTab;
  /** A visitor who is on the map and in chat, with a stored secret. */
  visitor(n?: number): Promise<ChatterTab & { secret: string; id: string }>;
  desk(user?: string): ChatterDesk;
}

async function aChatNode(options: {
  store: ChatStore;
  world?: TestWorld;
  name?: string;
  settings?: Partial<Settings>;
  over?: Partial<ChatSideDeps>;
}): Promise<ChatNode> {
  const { store, over, ...rest } = options;
  const node = await aNode({ ...rest, chat: { store, team: { members: async () => [...MEMBERS] }, ...over } });
  const chat = node.chat!;
  let made = 0;
  const name = options.name ?? 'n';
  return {
    node,
    chat,
    tab: (shake) => new ChatterTab(node.tab(shake)),
    async visitor(n = 0) {
      const secret = `secret-${name}-${++made}-0123456789`;
      const tab = node.arrive(n, { secret });
      const chatter = new ChatterTab(tab);
      await until(() => tab.you);
      await chatter.hello({ secret });
      return Object.assign(chatter, { secret, id: tab.you!.visitor });
    },
    desk(user = 'anna') {
      const known = MEMBERS.find(({ id }) => id === user)!;
      const desk = new ChatterDesk(node.console(known.role, { user, name: known.name, session: `session-${user}` }));
      desk.say({ t: 'chat.hello', chatSeq: 0 });
      return desk;
    },
  };
}

/** One node, or several of one world, over a store of their own. */
export async function chatWorld(): Promise<{
  readonly world: TestWorld;
  readonly store: ChatStore;
  start(name?: string, settings?: Partial<Settings>, over?: Partial<ChatSideDeps>): Promise<ChatNode>;
  /** Lets the clock go on, in steps between which the real threads answer what they were asked. */
  pass(ms: number, steps?: number): Promise<void>;
  dispose(): Promise<void>;
}> {
  const stores = await freshStores();
  const world = aWorld();
  const nodes: ChatNode[] = [];
  return {
    world,
    store: stores.chat,
    async start(name = 'node-1', settings = {}, over = {}) {
      const started = await aChatNode({ store: stores.chat, world, name, settings, over });
      nodes.push(started);
      return started;
    },
    async pass(ms, steps = 20) {
      for (let i = 0; i < steps; i++) {
        await world.clock.advanceAsync(ms / steps);
        // One after the other: what was asked before, and what its answer asked for.
        for (let turn = 0; turn < 2; turn++) await stores.chat.heads();
      }
    },
    async dispose() {
      for (const { node, chat } of nodes) {
        chat.stop();
        node.live.stop();
      }
      await stores.dispose();
    },
  };
}

export { aHello, WORKSPACE };
