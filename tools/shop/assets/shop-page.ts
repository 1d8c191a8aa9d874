/**
 * The shop's own behaviour: basket, search, the journal's pages, and what it tells Foyer about itself and its goals.
 * A classic script without imports; its types are stripped when it is served.
 */
interface Listed {
  readonly slug: string;
  readonly name: string;
  readonly priceCents: number;
  /** Name, line and collection in small letters: what the search looks through. */
  readonly words: string;
  readonly art: string;
}
/** Slugs to numbers. */
type Cart = Record<string, number>;

{
  const foyer = (...command: unknown[]) => (window as unknown as { foyer(...args: unknown[]): void }).foyer(...command);
  const { base = '', kind = 'none' } = document.body.dataset;
  const KEY = 'fernhill-cart';
  const find = <E extends HTMLElement>(selector: string): E | null => document.querySelector<E>(selector);
  const show = (selector: string, isShown: boolean) => find(selector)?.toggleAttribute('hidden', !isShown);

  /** A browser without storage has an empty basket on each page. */
  const readCart = (): Cart => {
    try {
      return JSON.parse(localStorage.getItem(KEY) ?? '{}') as Cart;
    } catch {
      return {};
    }
  };
  const writeCart = (cart: Cart): void => {
    try {
      localStorage.setItem(KEY, JSON.stringify(cart));
    } catch {
      // Storage is blocked: the page goes on with what it shows.
    }
    showCount(cart);
  };
  const itemsIn = (cart: Cart) => Object.values(cart).reduce((sum, count) => sum + count, 0);
  const price = (cents: number) => `€${(cents / 100).toFixed(cents % 100 === 0 ? 0 : 2)}`;

  const showCount = (cart: Cart): void => {
    const count = find('[data-cart-count]');
    if (count) count.textContent = String(itemsIn(cart));
    show('[data-cart-count]', itemsIn(cart) > 0);
  };

  /** What kind of page this is, for whoever watches; how much is in the cart where that is what the page is about. */
  const declare = (name: string, cart: Cart): void => {
    if (name === 'cart' || name === 'checkout') foyer('context', name, { items: itemsIn(cart) });
    else foyer('context', name);
  };

  let loading: Promise<readonly Listed[]> | undefined;
  const catalogue = (): Promise<readonly Listed[]> =>
    (loading ??= fetch(`${base}/assets/catalogue.json`).then((response) => response.json() as Promise<readonly Listed[]>));

  const textOf = (tag: string, className: string, text: string): HTMLElement => {
    const element = document.createElement(tag);
    element.className = className;
    element.textContent = text;
    return element;
  };
  const linkTo = (product: Listed, className: string): HTMLAnchorElement => {
    const link = document.createElement('a');
    link.className = className;
    link.href = `${base}/products/${product.slug}/`;
    return link;
  };

  const setUpProduct = (): void => {
    const button = find('[data-add]');
    button?.addEventListener('click', () => {
      const cart = readCart();
      const slug = button.dataset['add'] ?? '';
      cart[slug] = (cart[slug] ?? 0) + 1;
      writeCart(cart);
      show('.added', true);
      declare('cart', cart);
    });
  };

  const setUpSearch = async (): Promise<void> => {
    const form = find<HTMLFormElement>('[data-search]');
    const input = find<HTMLInputElement>('#q');
    if (!form || !input) return;
    const query = new URLSearchParams(location.search).get('q') ?? '';
    input.value = query;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      location.search = `?q=${encodeURIComponent(input.value.trim())}`;
    });
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length === 0) return;
    const found = (await catalogue()).filter((product) => words.every((word) => product.words.includes(word)));
    const cards = found.map((product) => {
      const card = linkTo(product, 'card');
      // The art is our own drawing from the catalogue, not anybody's input.
      card.innerHTML = product.art;
      card.append(textOf('span', 'card-name', product.name), textOf('span', 'card-price', price(product.priceCents)));
      return card;
    });
    // No goal of the shop's yet: Settings → Goals offers it.
    if (found.length === 0) foyer('goal', 'Searched in vain');
    find('[data-results]')?.replaceChildren(...cards);
    const said = found.length === 0 ? `Nothing for “${query}”. Try “tent”.` : `${found.length} for “${query}”`;
    find('[data-found]')?.replaceChildren(said);
  };

  let totalCents = 0;
  const setUpCart = async (): Promise<void> => {
    if (!find('[data-cart-total]')) return;
    const products = new Map((await catalogue()).map((product) => [product.slug, product]));

    const change = (slug: string, by: number): void => {
      const cart = readCart();
      const count = (cart[slug] ?? 0) + by;
      if (count > 0) cart[slug] = count;
      else delete cart[slug];
      writeCart(cart);
      declare('cart', cart);
      draw();
    };
    const stepper = (slug: string, count: number): HTMLElement => {
      const box = textOf('span', 'stepper', '');
      const button = (text: string, label: string, by: number) => {
        const made = textOf('button', '', text);
        made.setAttribute('type', 'button');
        made.setAttribute('aria-label', label);
        made.addEventListener('click', () => change(slug, by));
        return made;
      };
      box.append(button('−', 'One less', -1), textOf('output', '', String(count)), button('+', 'One more', 1));
      return box;
    };
    const draw = (): void => {
      const lines: HTMLElement[] = [];
      let cents = 0;
      for (const [slug, count] of Object.entries(readCart())) {
        const product = products.get(slug);
        if (!product) continue;
        cents += product.priceCents * count;
        const line = textOf('div', 'line', '');
        line.innerHTML = product.art;
        const name = linkTo(product, '');
        name.textContent = product.name;
        line.append(name, stepper(slug, count), textOf('span', '', price(product.priceCents * count)));
        lines.push(line);
      }
      totalCents = cents;
      find('[data-cart-total]')?.replaceChildren(price(cents));
      find('[data-cart]')?.replaceChildren(...lines);
      show('[data-cart-empty]', lines.length === 0);
      for (const part of ['[data-cart-sum]', '[data-cart-go]']) show(part, lines.length > 0);
    };
    draw();
  };

  const setUpCheckout = (): void => {
    find('[data-checkout]')?.addEventListener('submit', (event) => {
      event.preventDefault();
      // Where it happens: the page that says thanks may be opened again.
      foyer('goal', 'Checkout', { value: totalCents / 100, currency: 'EUR' });
      writeCart({});
      location.href = `${base}/checkout/thanks/`;
    });
  };

  /** The journal is an SPA: addresses and titles change, the document stays. */
  const setUpJournal = (): void => {
    const journal = find('[data-journal]');
    if (!journal) return;
    const home = `${base}/journal/`;
    const turnTo = (): void => {
      const slug = location.pathname.slice(home.length).replace(/\/$/, '');
      for (const entry of journal.querySelectorAll<HTMLElement>('[data-entry]')) {
        entry.hidden = entry.dataset['entry'] !== slug;
        if (!entry.hidden) document.title = entry.dataset['title'] ?? document.title;
      }
      scrollTo(0, 0);
    };
    journal.addEventListener('click', (event) => {
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
      if (!link || !isPlain || !link.pathname.startsWith(home)) return;
      event.preventDefault();
      history.pushState(null, '', link.href);
      turnTo();
    });
    addEventListener('popstate', turnTo);
  };

  showCount(readCart());
  declare(kind, readCart());
  setUpProduct();
  setUpCheckout();
  setUpJournal();
  void setUpSearch();
  void setUpCart();
}
