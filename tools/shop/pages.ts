import { type Collection, FERNHILL, type Product, shopMap } from '@foyer/domain/simulate';
import { heroArt, journalArt, productArt } from './art.ts';
import { escapeHtml, layout, price, type ShopOptions } from './layout.ts';

interface Shelved {
  readonly product: Product;
  readonly collection: Collection;
  readonly art: string;
}

const SHELF: readonly Shelved[] = FERNHILL.collections.flatMap((collection, c) =>
  collection.products.map((product, p) => ({ product, collection, art: productArt(collection.slug, c + p) })),
);

const STORIES: readonly (readonly string[])[] = [
  [
    'We left the road at noon on Friday with more food than sense and a forecast that said “mixed”. By four the rain had found us; by five so had the hut warden, who laughed at our tarp and put the kettle on.',
    'Saturday was the ridge itself: eleven kilometres of wind, grass and the occasional surprised sheep. The trick is to eat before you are hungry and to stop before you are tired.',
    'Sunday we slept late, dried everything on a fence and were home before dark. No plan B was needed, which is the best thing about having brought one anyway.',
  ],
  [
    'Choose the ground before you choose the view. A hollow collects cold air and water; a bare knoll collects weather. The slope just below a ridge, on the lee side, is where you will sleep.',
    'Peg the windward corners first and lie on the rest until you have them all. Poles go in last. If a corner is in your hand, it stays in your hand.',
    'Guy lines are not decoration. Set them at the height where the fabric wants to move.',
  ],
  [
    'Brush them while the mud is wet, not the week after. Stuff them with newspaper, change it once, and keep them away from the stove: heat cracks leather faster than any rock.',
    'Wax when water stops beading. A thin coat, warmed by hand, twice a season.',
    'When the sole is smooth, send them in. A boot that has learned your foot deserves a second life.',
  ],
  [
    'Rice, a stock cube, a tin of beans, half an onion, and the last of the chorizo: twelve minutes, one pot, no regrets.',
    'Couscous needs no flame beyond the boil. Add apricots, almonds and whatever herb you can name with certainty.',
    'Keep a bar of dark chocolate for the top of the porridge. You can thank us later.',
  ],
  [
    'Arrive late, leave early, and look back from fifty metres: if you can tell where the tent was, you are not done.',
    'Carry out what you carried in, and one thing that somebody else did. It adds up over a winter.',
    'The best campsite is found, not made.',
  ],
];

function card({ product, art }: Shelved, base: string): string {
  return `<a class="card" href="${base}/products/${product.slug}/">${art}<span class="card-name">${escapeHtml(product.name)}</span><span class="card-price">${price(product.priceCents)}</span></a>`;
}

function home({ base }: ShopOptions): string {
  const tiles = FERNHILL.collections.map(
    (collection, i) =>
      `<a class="tile" href="${base}/collections/${collection.slug}/">${productArt(collection.slug, i)}<span>${escapeHtml(collection.name)}</span></a>`,
  );
  const picks = SHELF.filter((_, i) => i % 5 === 0).slice(0, 4);
  return `<section class="hero">${heroArt}<div class="hero-text"><h1>Go further.<br>Come back.</h1><p>Tents, packs and warm things, made to be used for a very long time.</p><a class="button" href="${base}/collections/tents/">See the tents</a></div></section>
<section class="block"><h2>Shop by what you need</h2><div class="tiles">${tiles.join('')}</div></section>
<section class="block"><h2>Good this month</h2><div class="grid">${picks.map((each) => card(each, base)).join('')}</div></section>
<section class="promise"><div><h3>Repairs for life</h3><p>Send it in, whatever it is. We mend more than we sell.</p></div><div><h3>60 days to decide</h3><p>Mud is fine. We would worry if there were none.</p></div><div><h3>People who walk</h3><p>Ask us anything. Somebody here has carried it up a hill.</p></div></section>`;
}

function collectionPage(collection: Collection, { base }: ShopOptions): string {
  const shelf = SHELF.filter((each) => each.collection === collection);
  return `<section class="block"><h1>${escapeHtml(collection.name)}</h1><p class="lead">${escapeHtml(collection.line)}</p><div class="grid">${shelf.map((each) => card(each, base)).join('')}</div></section>`;
}

function productPage(shelved: Shelved, { base }: ShopOptions): string {
  const { product, collection, art } = shelved;
  const others = SHELF.filter((each) => each.collection === collection && each !== shelved);
  return `<nav class="crumbs" aria-label="Breadcrumb"><a href="${base}/">Home</a> / <a href="${base}/collections/${collection.slug}/">${escapeHtml(collection.name)}</a></nav>
<section class="product"><div class="product-art">${art}</div><div class="product-text"><h1>${escapeHtml(product.name)}</h1><p class="product-price">${price(product.priceCents)}</p><p class="lead">${escapeHtml(product.line)}</p>
<button class="button" type="button" data-add="${product.slug}">Add to cart</button><p class="added" role="status" hidden>In your cart. <a href="${base}/cart/">Go to the cart</a></p>
<ul class="facts"><li>Ships tomorrow from our barn</li><li>60 days to send it back</li><li>Repairs for life</li></ul></div></section>
<section class="block"><h2>Goes well with it</h2><div class="grid">${others.map((each) => card(each, base)).join('')}</div></section>`;
}

const searchPage = `<section class="block"><h1>Search</h1><form class="search" role="search" data-search><label for="q">What are you looking for?</label><div><input id="q" name="q" type="search" autocomplete="off" placeholder="tent, jacket, stove"><button class="button" type="submit">Search</button></div></form><p class="lead" role="status" data-found></p><div class="grid" data-results></div></section>`;

const cartPage = ({ base }: ShopOptions) =>
  `<section class="block narrow"><h1>Your cart</h1><div data-cart></div><p class="empty" data-cart-empty hidden>Nothing in here yet. <a href="${base}/collections/tents/">Start with a tent</a>.</p><div class="sum" data-cart-sum hidden><span>Total</span><strong data-cart-total></strong></div><a class="button wide" href="${base}/checkout/" data-cart-go hidden>Check out</a></section>`;

const field = (id: string, label: string, more: string) =>
  `<label for="${id}">${label}<input id="${id}" name="${id}" required ${more}></label>`;
const checkoutPage = `<section class="block narrow"><h1>Checkout</h1><p class="lead">A demo: whatever you type stays in this page.</p><form class="form" data-checkout>${field('name', 'Name', 'autocomplete="off"')}${field('address', 'Street and number', 'autocomplete="off"')}${field('town', 'Town', 'autocomplete="off"')}<div class="sum"><span>Total</span><strong data-cart-total></strong></div><button class="button wide" type="submit">Place the order</button></form></section>`;

const thanksPage = ({ base }: ShopOptions) =>
  `<section class="block narrow center"><h1>Thank you</h1><p class="lead">Your order is packed in our imagination and on its way.</p><a class="button" href="${base}/journal/">Read the journal meanwhile</a></section>`;

/** The journal is one document whose parts shop.js swaps; each address also works when it is opened by itself. */
function journal(slug: string, { base }: ShopOptions): string {
  const { articles } = FERNHILL;
  const list = articles.map(
    (article, i) =>
      `<a class="story" href="${base}/journal/${article.slug}/">${journalArt(i)}<span><strong>${escapeHtml(article.name)}</strong>${escapeHtml(article.line)}</span></a>`,
  );
  const entries = articles.map(
    (article, i) =>
      `<article class="entry narrow" data-entry="${article.slug}" data-title="${escapeHtml(article.name)} – ${FERNHILL.name}"${slug === article.slug ? '' : ' hidden'}><a class="back" href="${base}/journal/">← All stories</a>${journalArt(i)}<h1>${escapeHtml(article.name)}</h1><p class="lead">${escapeHtml(article.line)}</p>${(STORIES[i] ?? []).map((text) => `<p>${escapeHtml(text)}</p>`).join('')}<p><a href="${base}/journal/${articles[(i + 1) % articles.length]?.slug ?? ''}/">Next story →</a></p></article>`,
  );
  return `<div data-journal><section class="block" data-entry="" data-title="Journal – ${FERNHILL.name}"${slug === '' ? '' : ' hidden'}><h1>Journal</h1><p class="lead">Notes from weekends, and what we learned on them.</p><div class="stories">${list.join('')}</div></section>${entries.join('')}</div>`;
}

/** Every page of the shop by its path below the base, as whole documents; and what search and cart need to know. */
export function renderPages(options: ShopOptions): { pages: Map<string, string>; catalogue: string } {
  const map = shopMap(FERNHILL);
  const pages = new Map<string, string>();
  const add = (page: Parameters<typeof layout>[0], main: string) => pages.set(page.path, layout(page, main, options));
  add(map.home, home(options));
  map.collections.forEach(({ page }, i) => {
    const collection = FERNHILL.collections[i];
    if (collection) add(page, collectionPage(collection, options));
  });
  map.products.forEach((page, i) => {
    const shelved = SHELF[i];
    if (shelved) add(page, productPage(shelved, options));
  });
  add(map.search, searchPage);
  add(map.cart, cartPage(options));
  add(map.checkout, checkoutPage);
  add(map.thanks, thanksPage(options));
  add(map.journal, journal('', options));
  map.articles.forEach((page, i) => {
    add(page, journal(FERNHILL.articles[i]?.slug ?? '', options));
  });
  const catalogue = SHELF.map(({ product, collection, art }) => ({
    slug: product.slug,
    name: product.name,
    priceCents: product.priceCents,
    words: `${product.name} ${product.line} ${collection.name}`.toLowerCase(),
    art,
  }));
  return { pages, catalogue: JSON.stringify(catalogue) };
}
