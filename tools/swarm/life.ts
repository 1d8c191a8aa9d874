import { type Action, createWorld, FERNHILL, type Person, type ShopPage, type World, type WorldEvent } from '@foyer/domain/simulate';
import { closeName, type Jar, Tab, type Target } from './tab.ts';

export interface LifeOptions {
  readonly target: Target;
  readonly seed: number;
  readonly visitors: number;
  readonly pace?: number;
  readonly fillMs?: number;
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
    const { seed, visitors, pace = 1, fillMs = 5_000 } = options;
    this.#world = createWorld({ seed, visitors, shop: FERNHILL, pace, fillMs });
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
        document.navigate(this.#address(action.page, ''));
        this.#pageViews++;
        break;
      case 'load':
      case 'reload':
        document.end();
        // The referrer of a page of one's own site, as the browser would send it.
        place.document = this.#document(person, place, action.page, {
          ref: `${this.#options.target.pageOrigin}/demo/`,
          query: '',
          items: action.items,
        });
        break;
    }
  }

  #open(person: Person, tab: number, action: Extract<Action, { kind: 'open' }>): void {
    const jar = this.#jars.get(person.id) ?? {};
    this.#jars.set(person.id, jar);
    const localAddress = `127.0.0.${2 + (person.id % 200)}`;
    const place = { jar, localAddress };
    const document = this.#document(person, place, action.page, { ref: action.referrer, query: action.query, items: action.items });
    this.#places.set(tab, { ...place, document });
  }

  #document(
    person: Person,
    place: Pick<Place, 'jar' | 'localAddress'>,
    page: ShopPage,
    how: { ref: string; query: string; items: number },
  ): Tab {
    const document = new Tab({
      target: this.#options.target,
      person,
      jar: place.jar,
      localAddress: place.localAddress,
      page: { ...this.#address(page, how.query), ref: how.ref },
      monoMs: () => performance.now(),
      events: {
        // As the shop's own pages do (tools/shop): the page declares what it is.
        onIn: (of) => of.declare(page.kind, page.kind === 'cart' || page.kind === 'checkout' ? { items: how.items } : undefined),
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

  #address(page: ShopPage, query: string): { url: string; title: string } {
    return { url: `${this.#options.target.pageOrigin}/demo/${page.path}${query}`, title: page.title };
  }
}
