import type { Random } from './random.ts';
import type { ShopMap, ShopPage } from './shop.ts';

/** Where people come from, as `document.referrer` and campaign of the first page. '' = typed or bookmarked. */
const SOURCES: readonly { readonly referrer: string; readonly query: string }[] = [
  { referrer: '', query: '' },
  { referrer: '', query: '' },
  { referrer: '', query: '' },
  { referrer: 'https://www.google.com/', query: '' },
  { referrer: 'https://www.google.com/', query: '' },
  { referrer: 'https://www.google.com/', query: '?utm_source=google&utm_medium=cpc&utm_campaign=autumn-tents' },
  { referrer: 'https://www.bing.com/', query: '' },
  { referrer: 'https://duckduckgo.com/', query: '' },
  { referrer: 'https://www.reddit.com/', query: '' },
  { referrer: 'https://l.instagram.com/', query: '?utm_source=instagram&utm_medium=social' },
  { referrer: 'https://www.youtube.com/', query: '' },
  { referrer: '', query: '?utm_source=newsletter&utm_medium=email&utm_campaign=november' },
];

export interface Entry {
  readonly page: ShopPage;
  readonly referrer: string;
  /** The campaign part of the first URL, with its question mark; '' for most. */
  readonly query: string;
}

/** How a visit begins. */
export function enter(map: ShopMap, random: Random): Entry {
  const source = random.pick(SOURCES);
  const draw = random.next();
  if (draw < 0.4) return { page: map.home, ...source };
  if (draw < 0.68) return { page: random.pick(map.products), ...source };
  if (draw < 0.88) return { page: random.pick(map.collections).page, ...source };
  return { page: random.pick(map.articles), ...source };
}

/** What a visit remembers between pages. */
export interface Basket {
  items: number;
}

/** The page that follows `current`; the basket changes with what people do there. Nobody pays for an empty basket. */
export function nextPage(current: ShopPage, basket: Basket, map: ShopMap, random: Random): ShopPage {
  const draw = random.next();
  switch (current.kind) {
    case 'collection': {
      const collection = map.collections.find((each) => each.page.path === current.path);
      if (draw < 0.72 && collection) return random.pick(collection.products);
      return draw < 0.88 ? random.pick(map.collections).page : map.search;
    }
    case 'product': {
      if (draw < 0.13) {
        basket.items += random.int(1, 2);
        return map.cart;
      }
      if (draw < 0.6) return random.pick(map.products);
      return draw < 0.85 ? random.pick(map.collections).page : map.search;
    }
    case 'search':
      return draw < 0.8 ? random.pick(map.products) : random.pick(map.collections).page;
    case 'cart':
      if (basket.items > 0 && draw < 0.55) return map.checkout;
      if (draw < 0.7) basket.items = 0;
      return random.pick(map.collections).page;
    case 'checkout':
      if (draw < 0.6) {
        basket.items = 0;
        return map.thanks;
      }
      return map.cart;
    case 'none':
      if (current.inJournal && draw < 0.7) return draw < 0.2 ? map.journal : random.pick(map.articles);
      if (draw < 0.7) return random.pick(map.collections).page;
      if (draw < 0.85) return random.pick(map.products);
      return draw < 0.93 ? map.journal : map.search;
  }
}
