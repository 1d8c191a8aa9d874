import type { ContextKind } from '@foyer/protocol';

export interface Product {
  readonly slug: string;
  readonly name: string;
  /** Euro cents. */
  readonly priceCents: number;
  /** One sentence under the name. */
  readonly line: string;
}
export interface Collection {
  readonly slug: string;
  readonly name: string;
  readonly line: string;
  readonly products: readonly Product[];
}
export interface Article {
  readonly slug: string;
  readonly name: string;
  readonly line: string;
}
/** A shop as its visitors see it. */
export interface Shop {
  readonly name: string;
  readonly collections: readonly Collection[];
  readonly articles: readonly Article[];
  /** What people type into the search box. */
  readonly searches: readonly string[];
}

/** One page: what the tracker would report of it. `path` is below the shop's base and ends in a slash. */
export interface ShopPage {
  readonly path: string;
  readonly title: string;
  readonly kind: ContextKind;
  /** The journal changes pages without loading a document; everything else loads one. */
  readonly inJournal: boolean;
}

export interface ShopMap {
  readonly home: ShopPage;
  readonly collections: readonly { readonly page: ShopPage; readonly products: readonly ShopPage[] }[];
  readonly products: readonly ShopPage[];
  readonly search: ShopPage;
  readonly cart: ShopPage;
  readonly checkout: ShopPage;
  readonly thanks: ShopPage;
  readonly journal: ShopPage;
  readonly articles: readonly ShopPage[];
  /** Every page once. */
  readonly all: readonly ShopPage[];
}

/** The pages of a shop; the demo writes a file for each, so a simulated visitor never sees a page that a real one could not open. */
export function shopMap(shop: Shop): ShopMap {
  const page = (path: string, name: string, kind: ContextKind, inJournal = false): ShopPage => ({
    path,
    title: `${name} – ${shop.name}`,
    kind,
    inJournal,
  });
  const collections = shop.collections.map((collection) => ({
    page: page(`collections/${collection.slug}/`, collection.name, 'collection'),
    products: collection.products.map((product) => page(`products/${product.slug}/`, product.name, 'product')),
  }));
  const products = collections.flatMap((collection) => collection.products);
  const home: ShopPage = { path: '', title: shop.name, kind: 'none', inJournal: false };
  const search = page('search/', 'Search', 'search');
  const cart = page('cart/', 'Your cart', 'cart');
  const checkout = page('checkout/', 'Checkout', 'checkout');
  const thanks = page('checkout/thanks/', 'Thank you', 'none');
  const journal = page('journal/', 'Journal', 'none', true);
  const articles = shop.articles.map((article) => page(`journal/${article.slug}/`, article.name, 'none', true));
  const all = [
    home,
    ...collections.map((collection) => collection.page),
    ...products,
    search,
    cart,
    checkout,
    thanks,
    journal,
    ...articles,
  ];
  return { home, collections, products, search, cart, checkout, thanks, journal, articles, all };
}
