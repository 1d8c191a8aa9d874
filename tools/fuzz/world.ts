import { memoryHistory } from '../../packages/server/src/adapters/store-memory/index.ts';
import { FakeClock } from '../../packages/server/src/adapters/fake-clock.ts';
import { Random } from './random.ts';
import { SimNetwork } from './sim-bus.ts';
import { SimConsole } from './sim-console.ts';
import { Identities } from '../../packages/server/src/edge/visitor/identities.ts';
import { KEYS, SimNode, SITE, WORKSPACE } from './sim-node.ts';
import { type SimBrowser, SimTab } from './sim-tab.ts';

const FILTERS = ['', 'berlin', 'page:/a', '-paris', 'status:active', 'status:unassigned', 'is:online'];
const STATES = ['unassigned', 'assigned', 'ai', 'chatting', 'resolved', 'none'] as const;
const SORTS = ['arrived', 'activity', 'pages', 'city', 'page', 'name', 'status'] as const;

/** Three nodes, a dozen browsers and a handful of consoles, driven by one seed. */
export class World {
  readonly random: Random;
  readonly clock = new FakeClock();
  readonly network = new SimNetwork();
  readonly history = memoryHistory();
  readonly nodes: SimNode[] = [];
  readonly tabs: SimTab[] = [];
  readonly browsers: SimBrowser[];
  readonly consoles: SimConsole[];
  readonly log: string[] = [];
  /** By visitor, what was decided last about its conversation. */
  readonly conversations = new Map<string, Parameters<SimNode['live']['converse']>[0]>();
  /** Some node died: what it alone knew and nobody can tell again (a tab closed a moment before) may be gone. */
  hasDeath = false;
  #made = 0;
  #paths = 0;

  constructor(seed: number) {
    this.random = new Random(seed);
    this.browsers = Array.from({ length: 12 }, (_, no) => ({ no, secret: undefined, resume: undefined }));
    this.consoles = Array.from({ length: 5 }, (_, i) => {
      const sort = i === 0 ? 'arrived' : this.random.pick(SORTS);
      // Two of them are one agent's.
      return new SimConsole(`u${Math.min(i, 3)}`, i === 0 ? '' : this.random.pick(FILTERS), {
        sort,
        dir: this.random.pick(['asc', 'desc']),
        before: 0,
        after: i === 0 ? 100 : 4 + this.random.int(20),
      });
    });
  }

  async start(): Promise<void> {
    for (let i = 0; i < 3; i++) await this.addNode();
    await this.pass(1_500);
    for (const console of this.consoles) console.connect(this.random.pick(this.nodes));
  }

  async addNode(): Promise<void> {
    const node = new SimNode({
      name: `n${++this.#made}`,
      network: this.network,
      clock: this.clock,
      history: this.history,
      random: this.random,
    });
    this.nodes.push(node);
    this.log.push(`node ${node.name} starts`);
    await node.live.start();
  }

  visitorOf(browser: number): string {
    return new Identities(KEYS).visitorOf(SITE.id, this.browsers[browser]!.secret ?? '');
  }

  /** Time goes on; letters arrive on the way. */
  async pass(ms: number): Promise<void> {
    const step = 50;
    for (let passed = 0; passed < ms; passed += step) {
      await this.clock.advanceAsync(Math.min(step, ms - passed));
      this.network.deliver(this.network.waiting);
    }
  }

  async step(): Promise<void> {
    const { random } = this;
    const tab = random.pick(this.tabs.length > 0 ? this.tabs : [null]);
    const dice = random.int(100);
    if (random.chance(0.06)) this.#talk();
    if (random.chance(0.06)) random.pick(this.consoles).look(random.pick(['', 'x', 'y', 'z']));
    if (dice < 18 || !tab) this.#open();
    else if (dice < 38) this.#navigate(tab);
    else if (dice < 46) tab.act();
    else if (dice < 54) this.#focus(tab);
    else if (dice < 60) this.#close(tab);
    else if (dice < 66) tab.connect(random.pick(this.nodes));
    else if (dice < 70) tab.drop();
    else if (dice < 78) tab.flush(random.int(3));
    else if (dice < 84) this.network.deliver(random.int(20));
    else if (dice < 88) this.#cut();
    else if (dice < 91) random.pick(this.consoles).slow(random.chance(0.5));
    else if (dice < 93) random.pick(this.consoles).connect(random.pick(this.nodes));
    else if (dice < 95) this.clock.jump(random.int(7_200_000) - 3_600_000);
    else if (dice < 97) await this.#kill();
    else if (this.nodes.length < 4) await this.addNode();
    const wait = random.pick([0, 0, 20, 120, 700, 3_000]);
    if (random.chance(0.7)) this.network.deliver(random.int(60));
    if (wait > 0) await this.clock.advanceAsync(wait);
  }

  /** Everything that was broken mends, everybody is heard, and time passes until nothing is under way. */
  async rest(): Promise<void> {
    this.network.heal();
    for (const console of this.consoles) {
      console.slow(false);
      if (!console.node || console.node.isDead) console.connect(this.random.pick(this.nodes));
    }
    for (const tab of this.tabs) if (!tab.isConnected) tab.connect(this.random.pick(this.nodes));
    for (const tab of this.tabs) tab.flush(Number.POSITIVE_INFINITY);
    // What a node alone had been told a moment before it died is said again, as whoever keeps conversations does.
    if (this.hasDeath) for (const note of this.conversations.values()) this.random.pick(this.nodes).live.converse(note);
    await this.pass(9_000);
    // A drop at the very end of the storm: those tabs' sockets may have been closed meanwhile by a node that thought them lost.
    for (const tab of this.tabs) if (!tab.isConnected) tab.connect(this.random.pick(this.nodes));
    for (const tab of this.tabs) tab.flush(Number.POSITIVE_INFINITY);
    await this.pass(12_000);
  }

  #open(): void {
    const browser = this.random.pick(this.browsers);
    // A first tab has to have its answer before a second one can share the secret.
    if (browser.secret === undefined && this.tabs.some((tab) => tab.browser === browser)) return;
    if (this.tabs.filter((tab) => tab.browser === browser).length >= 3) return;
    const tab = new SimTab(`tab${++this.#paths}00000`, browser, this.clock);
    tab.focusedAt = this.clock.mono();
    for (const other of this.tabs) if (other.browser === browser && other.focused) other.focus(false);
    this.tabs.push(tab);
    tab.connect(this.random.pick(this.nodes));
    this.log.push(`b${browser.no} opens ${tab.id} at ${tab.node?.name}`);
  }

  /** Whoever keeps conversations says so on some node; its clock is the store's, so that no decision is older than the one before. */
  #talk(): void {
    const { random } = this;
    const browser = random.pick(this.browsers);
    if (browser.secret === undefined) return;
    const visitor = this.visitorOf(browser.no);
    const at = (this.conversations.get(visitor)?.at ?? 0) + 1 + random.int(5_000);
    const state = random.pick(STATES);
    const note = { workspace: WORKSPACE, visitor, state, id: `chat-${at}`, waitingSince: at, at };
    this.conversations.set(visitor, note);
    const node = random.pick(this.nodes);
    node.live.converse(note);
    this.log.push(`b${browser.no} is ${state} since ${at}, said at ${node.name}`);
  }

  #navigate(tab: SimTab): void {
    const path = `/${this.random.pick(['a', 'b', 'c'])}${++this.#paths}`;
    tab.navigate(path);
    this.log.push(`b${tab.browser.no} ${tab.id} goes to ${path}`);
  }

  #focus(tab: SimTab): void {
    for (const other of this.tabs) if (other.browser === tab.browser && other !== tab && other.focused) other.focus(false);
    tab.focus(true);
    this.log.push(`b${tab.browser.no} looks at ${tab.id}`);
  }

  #close(tab: SimTab): void {
    tab.close();
    this.tabs.splice(this.tabs.indexOf(tab), 1);
    this.log.push(`b${tab.browser.no} closes ${tab.id}`);
  }

  #cut(): void {
    if (this.random.chance(0.5)) return this.network.heal();
    const a = this.random.pick(this.nodes).name;
    const b = this.random.pick(this.nodes).name;
    this.network.cut(a, b);
    this.log.push(`cut ${a} > ${b}`);
  }

  async #kill(): Promise<void> {
    if (this.nodes.length < 2) return;
    const node = this.random.pick(this.nodes);
    this.log.push(`node ${node.name} dies`);
    this.hasDeath = true;
    node.isDead = true;
    this.network.die(node.name);
    this.nodes.splice(this.nodes.indexOf(node), 1);
    node.live.halt();
    for (const tab of this.tabs) if (tab.node === node) tab.drop();
    for (const console of this.consoles) if (console.node === node) console.connect(this.random.pick(this.nodes));
  }
}
