import { createHmac } from 'node:crypto';
import {
  type Action,
  casting,
  createRandom,
  createRegulars,
  createWorld,
  FERNHILL,
  type Origin,
  type Person,
  shopMap,
  type ShopPage,
  type SideSite,
  type World,
  type WorldEvent,
} from '@foyer/domain/simulate';
import { Chatter } from './chatter.ts';
import { closeName, type Jar, Tab, type Target } from './tab.ts';

const THANKS_PATH = shopMap(FERNHILL).thanks.path;

export interface LifeOptions {
  /** Identity secrets by site key: their servers sign every second customer, who is signed in there. */
  readonly secrets?: Readonly<Record<string, string>>;
  readonly target: Target;
  readonly seed: number;
  readonly visitors: number;
  readonly pace?: number;
  readonly fillMs?: number;
  /** More than people in one shop; absent: just that. */
  readonly scene?: Scene;
}
/** What the demo shows beside a shop full of new people. */
export interface Scene {
  readonly origins: readonly Origin[];
  readonly sides: readonly SideSite[];
  /** People who were here before, made of the same seed wherever they are needed. */
  readonly regulars: number;
  readonly warmMs: number;
}
export interface LifeStats {
  /** People the world has online, and open tabs that the server has let in. */
  readonly online: number;
  readonly tabs: number;
  readonly in: number;
  readonly pageViews: number;
  readonly closes: Readonly<Record<string, number>>;
}

/** A tab of the world: its present document, and what people in it have done. */
interface Place {
  document: Tab;
  readonly jar: Jar;
  readonly localAddress: string;
}

/**
 * Life — a simulated world (domain/simulate) acted out in real time on real sockets.
 *
 * Purpose   the demo's visitors, and the swarm's when behaviour matters more than rate.
 * Timers    one, for the world's next event; what is overdue after a pause of the machine is done at once.
 */
export class Life {
  readonly #options: LifeOptions;
  /** By person: who has opened the chat, or was written to. */
  readonly #chatters = new Map<number, Chatter>();
  /** By person: the document they looked at last. */
  readonly #before = new Map<number, Tab>();
  readonly #world: World;
  readonly #beganMs = performance.now();
  readonly #places = new Map<number, Place>();
  readonly #jars = new Map<number, Jar>();
  readonly #closes: Record<string, number> = {};
  #pageViews = 0;
  #next: WorldEvent;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: LifeOptions) {
    this.#options = options;
    const { seed, visitors, pace = 1, fillMs = 5_000, scene } = options;
    const more = scene && {
      sides: scene.sides,
      cast: castOf(scene),
      regulars: regularsOf(scene, seed),
      warmMs: scene.warmMs,
      talks: true,
    };
    this.#world = createWorld({ seed, visitors, shop: FERNHILL, pace, fillMs, ...more });
    this.#next = this.#world.next();
  }

  start(): void {
    this.#timer = setTimeout(() => this.#run(), Math.max(0, this.#next.atMs - this.#elapsedMs()));
  }

  stats(): LifeStats {
    let count = 0;
    for (const { document } of this.#places.values()) if (document.isIn) count++;
    return { online: this.#world.online, tabs: this.#places.size, in: count, pageViews: this.#pageViews, closes: { ...this.#closes } };
  }

  end(): void {
    clearTimeout(this.#timer);
    for (const chatter of this.#chatters.values()) chatter.end();
    for (const { document } of this.#places.values()) document.vanish();
    this.#places.clear();
  }

  #elapsedMs(): number {
    return performance.now() - this.#beganMs;
  }

  #run(): void {
    while (this.#next.atMs <= this.#elapsedMs()) {
      this.#live(this.#next);
      this.#next = this.#world.next();
    }
    this.start();
  }

  #live({ person, tab, action }: WorldEvent): void {
    if (action.kind === 'open') return this.#open(person, tab, action);
    if (action.kind === 'talk') return this.#talk(person, action);
    const place = this.#places.get(tab);
    if (place === undefined) return;
    const { document } = place;
    switch (action.kind) {
      case 'act':
        document.act();
        break;
      case 'hide':
      case 'show':
        document.setHidden(action.kind === 'hide');
        break;
      case 'close':
        document.end();
        this.#places.delete(tab);
        break;
      case 'navigate':
        document.navigate(this.#address(person, action.page, ''));
        this.#pageViews++;
        break;
      case 'load':
      case 'reload':
        document.end();
        // The referrer of a page of one's own site, as the browser would send it.
        place.document = this.#document(person, place, action.page, {
          ref: `${this.#options.target.pageOrigin}${this.#site(person).base}`,
          query: '',
          items: action.items,
        });
        break;
    }
  }

  #open(person: Person, tab: number, action: Extract<Action, { kind: 'open' }>): void {
    const jar = this.#jars.get(person.id) ?? (person.cookie === '' ? {} : { secret: person.cookie });
    this.#jars.set(person.id, jar);
    const localAddress = `127.0.0.${2 + (person.id % 200)}`;
    const place = { jar, localAddress };
    const { referrer: ref, query, items, past } = action;
    const document = this.#document(person, place, action.page, { ref, query, items, ...(past && { past }) });
    this.#places.set(tab, { ...place, document });
  }

  #document(
    person: Person,
    place: Pick<Place, 'jar' | 'localAddress'>,
    page: ShopPage,
    how: { ref: string; query: string; items: number; past?: Extract<Action, { kind: 'open' }>['past'] },
  ): Tab {
    const { past } = how;
    const document = new Tab({
      target: { ...this.#options.target, siteKey: this.#site(person).key },
      person,
      jar: place.jar,
      localAddress: place.localAddress,
      page: { ...this.#address(person, page, past && past.pages.length > 0 ? '' : how.query), ref: how.ref },
      ...(past && {
        past: {
          ...past,
          pages: past.pages.map((seen, i) => ({ ...this.#address(person, seen.page, i === 0 ? how.query : ''), agoMs: seen.agoMs })),
        },
      }),
      monoMs: () => performance.now(),
      events: {
        // As the shop's own pages do (tools/shop): the page declares what it is.
        onIn: (of) => {
          of.declare(page.kind, page.kind === 'cart' || page.kind === 'checkout' ? { items: how.items } : undefined);
          // What they paid; said again after a lost connection it counts once.
          if (page.path === THANKS_PATH) of.reach('Checkout', 19.9 + ((person.id * 37) % 240), 'EUR');
          if (person.identity) of.identify(person.identity, this.#hashOf(person, person.identity.id));
          this.#before.set(person.id, of);
          this.#chatters.get(person.id)?.enter(of);
        },
        onChat: (of, frame) => {
          if (frame.t === 'chat.wake') this.#chatterOf(person).enter(of);
          else this.#chatters.get(person.id)?.hear(frame);
        },
        onLost: (_tab, code, reason) => {
          const name = closeName(code, reason);
          this.#closes[name] = (this.#closes[name] ?? 0) + 1;
        },
      },
    });
    this.#pageViews++;
    document.open();
    return document;
  }

  /** What the visitor's part of it is; agents do theirs (tools/demo). */
  #talk(person: Person, { talk: { state } }: Extract<Action, { kind: 'talk' }>): void {
    // Not let in (yet): nobody would hear it.
    const tab = this.#before.get(person.id);
    if (tab === undefined) return;
    const isNew = !this.#chatters.has(person.id);
    const chatter = this.#chatterOf(person);
    if (isNew) chatter.enter(tab);
    switch (state) {
      case 'chatting':
        return chatter.open();
      case 'unassigned':
      case 'assigned':
      case 'ai':
        return chatter.ask();
      case 'resolved':
        return chatter.leave();
      case 'none':
        return chatter.shut();
    }
  }

  #chatterOf(person: Person): Chatter {
    let chatter = this.#chatters.get(person.id);
    if (!chatter) {
      const { seed, pace = 1 } = this.#options;
      chatter = new Chatter({ person, random: createRandom(seed ^ person.id), pace });
      this.#chatters.set(person.id, chatter);
    }
    return chatter;
  }

  #site(person: Person): { readonly key: string; readonly base: string } {
    const side = this.#options.scene?.sides[person.site - 1];
    const key = side?.key ?? this.#options.target.siteKey;
    return { key, base: side ? `/${side.key}/` : '/demo/' };
  }

  #hashOf(person: Person, id: string): string | undefined {
    const secret = this.#options.secrets?.[this.#site(person).key];
    return secret !== undefined && person.id % 2 === 0 ? createHmac('sha256', secret).update(id).digest('hex') : undefined;
  }

  #address(person: Person, page: ShopPage, query: string): { url: string; title: string } {
    return { url: `${this.#options.target.pageOrigin}${this.#site(person).base}${page.path}${query}`, title: page.title };
  }
}

/** What the workspace's visitors are like. */
export const castOf = ({ origins, sides }: Scene) => casting({ origins, shares: sides.map(({ share }) => share) });

/** The same people for whoever writes their history as for the world that they come back to. */
export const regularsOf = (scene: Scene, seed: number): Person[] =>
  createRegulars(scene.regulars, castOf(scene), createRandom(seed ^ 0x5eed));
