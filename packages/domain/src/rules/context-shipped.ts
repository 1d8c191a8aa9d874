/**
 * Rules that ship. Sources: the platforms' own route tables (Shopify Liquid routes and checkout, WooCommerce endpoints and permalink
 * bases, Magento frontend routes, PrestaShop Dispatcher, BigCommerce Stencil URLs) and their usual translations.
 *
 * Precision before recall: a page is nothing sooner than wrong, because an agent who reads “In Checkout” acts on it. What a platform's
 * address does not tell (Magento's /name.html is a product or a category) is left to the page, which can say it.
 */
import type { ContextRule, ContextSet, RuleOutcome } from '@foyer/protocol';
import { wordsFor } from './context-words.ts';

type Also = Partial<Pick<ContextRule, 'host' | 'query' | 'hash' | 'note'>>;
type Row = readonly [name: string, context: RuleOutcome, path: string, also?: Also];

const made = new Map<ContextSet, readonly ContextRule[]>();

/** In the order in which they are tried. Made once for each set. */
export function shippedRules(set: ContextSet): readonly ContextRule[] {
  let rules = made.get(set);
  if (!rules) {
    rules = ROWS[set]().map(([name, context, path, also]) => ({
      id: `${set}-${name}`,
      context,
      host: '',
      path,
      query: '',
      hash: '',
      note: '',
      ...also,
    }));
    made.set(set, rules);
  }
  return rules;
}

const FILE = '{,.html,.htm,.php,.aspx,.asp,.jsp,.do}';

const ROWS: Readonly<Record<ContextSet, () => readonly Row[]>> = {
  // Its checkout is one page with routes behind the #, the cart among them; so before all others, which see /checkout.
  vtex: () => [
    ['done', 'done', '/checkout/orderplaced'],
    ['done-route', 'done', '/checkout', { hash: '/{orderplaced,thank-you,success,complete,confirmation}' }],
    ['cart', 'cart', '/checkout', { hash: '/cart' }],
    ['checkout', 'checkout', '/checkout', { hash: '/**' }],
    ['product', 'product', '/*/p'],
  ],
  shopify: () => [
    ['done', 'done', '/checkouts/**/{thank-you,thank_you}'],
    ['done-old', 'done', '/<number>/checkouts/**/{thank-you,thank_you}', { note: 'Checkout below the number of the shop' }],
    ['done-host', 'done', '/**/{thank-you,thank_you}', { host: 'checkout.**' }],
    ['order-status', 'done', '/<number>/orders/*', { note: 'The page after the payment, which is also the link in the mail' }],
    ['checkout', 'checkout', '/checkouts/**'],
    ['checkout-old', 'checkout', '/<number>/checkouts/**'],
    ['checkout-link', 'checkout', '/checkout'],
    ['checkout-host', 'checkout', '/**', { host: 'checkout.**', note: 'A domain of its own for the checkout' }],
    ['cart', 'cart', '/cart'],
    ['product', 'product', '/products/*'],
    ['product-in-collection', 'product', '/collections/*/products/*'],
    ['search', 'search', '/search'],
    ['collection', 'collection', '/collections/**'],
  ],
  woocommerce: () => {
    const [cart, checkout, shop, product, received] = [
      wordsFor('cart'),
      wordsFor('checkout'),
      wordsFor('shop'),
      wordsFor('product'),
      wordsFor('received'),
    ];
    return [
      ['done', 'done', `/**/${received}/<number>`],
      ['done-without-number', 'done', `/${checkout}/${received}`],
      [
        'pay',
        'checkout',
        '/**/{order-pay,zahlung,paiement-commande,pagar-pedido}/<number>',
        { note: 'Payment of an order that waits for it' },
      ],
      ['checkout', 'checkout', `/${checkout}`],
      ['checkout-in-folder', 'checkout', `/${shop}/${checkout}`],
      ['cart', 'cart', `/${cart}`],
      ['cart-in-folder', 'cart', `/${shop}/${wordsFor('cartInFolder')}`],
      ['list-page', 'collection', `/${product}/page/<number>`],
      ['product', 'product', `/${product}/*`],
      ['product-in-category', 'product', `/${product}/*/*`],
      ['category', 'collection', `/${wordsFor('category')}/**`],
      ['tag', 'collection', `/${wordsFor('tag')}/*/**`],
      ['search', 'search', '/', { query: 's' }],
      ['shop-search', 'search', `/${shop}`, { query: 's' }],
      ['shop', 'collection', `/${shop}`],
      ['shop-page', 'collection', `/${shop}/page/<number>`],
    ];
  },
  magento: () => [
    ['done', 'done', '/checkout/**/success'],
    ['done-with-more', 'done', '/checkout/*/success/**'],
    ['done-multishipping', 'done', '/multishipping/checkout/success'],
    ['done-one-step', 'done', '/{onestepcheckout,onepagecheckout,firecheckout}/**/success'],
    ['cart', 'cart', '/checkout/cart/**'],
    ['multishipping', 'checkout', '/multishipping/**'],
    ['one-step', 'checkout', '/{onestepcheckout,onepagecheckout,firecheckout,hyva_checkout}/**'],
    ['express', 'checkout', '/paypal/express/{review,start}'],
    ['checkout', 'checkout', '/checkout/{index,onepage,shipping,payment}/**'],
    ['product', 'product', '/catalog/product/view/**', { note: 'Rewritten addresses (/name.html) do not tell products from categories' }],
    ['category', 'collection', '/catalog/category/view/**'],
    ['search', 'search', '/catalogsearch/**'],
  ],
  prestashop: () => {
    const blogs =
      '{blog,blogs,news,content,cms,magazine,magazin,journal,artikel,articles,actualites,aktuelles,noticias,notizie,guides,guide,docs,help,support}';
    const page = (controller: string): Also => ({
      query: `controller=${controller}`,
      note: 'Only if the site keeps the parameter controller',
    });
    return [
      ['reading', 'none', `/${blogs}/**`, { note: 'Posts and pages, whose addresses begin with a number as well' }],
      ['done', 'done', `/${wordsFor('confirmation')}`],
      ['done-module', 'done', '/module/*/{confirmation,success,thankyou,thank-you}'],
      ['done-by-parameter', 'done', '/index.php', page('order-confirmation')],
      ['checkout', 'checkout', `/${wordsFor('order')}`],
      ['checkout-quick', 'checkout', `/${wordsFor('quickOrder')}`],
      [
        'checkout-module',
        'checkout',
        '/module/{steasycheckout,supercheckout,thecheckout,onepagecheckoutps,onepagecheckout,advancedeucompliance,ps_checkout,klarnaofficial}/**',
      ],
      ['payment-module', 'checkout', '/module/*/{payment,paiement,checkout,order,validation,redirect}'],
      ['checkout-by-parameter', 'checkout', '/index.php', page('{order,order-opc,orderopc}')],
      ['cart', 'cart', `/${wordsFor('cart')}`],
      ['cart-by-parameter', 'cart', '/index.php', page('cart')],
      ['product', 'product', '/*/<number>-*.html'],
      ['product-in-folder', 'product', '/*/*/<number>-*.html'],
      ['product-at-root', 'product', '/<number>-*.html', { note: 'Off at first: elsewhere these are posts of a blog' }],
      ['product-by-parameter', 'product', '/index.php', page('product')],
      ['category', 'collection', '/<number>-*', { note: 'Off at first: elsewhere these are posts of a blog' }],
      ['category-by-parameter', 'collection', '/index.php', page('category')],
      ['search', 'search', `/${wordsFor('search')}`],
      ['search-by-parameter', 'search', '/index.php', page('search')],
    ];
  },
  bigcommerce: () => [
    ['done', 'done', '/checkout/order-confirmation/**'],
    ['done-old', 'done', '/finishorder.php'],
    ['checkout', 'checkout', '/{checkout,checkout.php,embedded-checkout}'],
    ['checkout-embedded', 'checkout', '/embedded-checkout/**'],
    ['cart', 'cart', '/cart.php'],
    ['search', 'search', '/search.php'],
    ['product', 'product', '/products/*'],
    ['product-old', 'product', '/products.php'],
    ['brands', 'collection', '/brands/**'],
  ],
  generic: () => {
    const [cart, checkout, shop, done] = [wordsFor('cart'), wordsFor('checkout'), wordsFor('shop'), wordsFor('done')];
    return [
      ['done', 'done', `/${checkout}/**/${done}`],
      ['done-with-number', 'done', `/${checkout}/**/${done}/*`],
      ['done-of-order', 'done', `/{order,orders,purchase,payment,cart,basket}/**/${done}`],
      ['done-in-folder', 'done', `/${shop}/{checkout,order,orders,cart}/**/${done}`],
      [
        'done-page',
        'done',
        `/{order-confirmation,orderconfirmation,order-confirmed,order-complete,order-completed,ordercomplete,order-success,order-thank-you,` +
          `purchase-complete,purchase-confirmation,payment-success,checkout-success,checkout-complete,checkout-confirmation,checkout-thank-you}${FILE}`,
      ],
      ['done-page-of', 'done', '/{order-confirmation,orderconfirmation,order-complete,order-success,checkout-success}/*'],
      ['cart-in-checkout', 'cart', '/{checkout,kasse}/{cart,basket,bag,warenkorb}'],
      ['checkout', 'checkout', `/{checkout,check-out,secure-checkout,onepage-checkout,kasse,commande}${FILE}`],
      ['checkout-step', 'checkout', `/${checkout}/**`],
      ['checkout-in-folder', 'checkout', `/{shop,store,cart,basket}/checkout/**`],
      ['cart', 'cart', `/{cart,basket,bag,shopping-cart,shoppingcart,viewcart,view-cart,warenkorb,panier}${FILE}`],
      ['cart-words', 'cart', `/${cart}`],
      ['cart-in-folder', 'cart', `/${shop}/${wordsFor('cartInFolder')}`],
      ['collection-of-products', 'collection', '/{products,product}/{category,categories,collection,collections}/**'],
      ['product', 'product', '/product/**/*'],
      ['products', 'product', '/products/*'],
      ['product-page', 'product', '/{product-page,product-detail,productdetail,product-details,dp,item}/*'],
      ['product-in-shop', 'product', `/${shop}/{p,product,products,item}/*`],
      ['product-after-name', 'product', '/*/dp/*'],
      ['collection', 'collection', '/{collections,collection}/**'],
      ['collection-in-shop', 'collection', `/${shop}/{category,categories,collection,collections,c}/**`],
      ['catalogue', 'collection', '/{catalog,catalogue}/{category,categories}/**'],
      ['labels', 'none', '/search/label/**', { note: 'Labels of a blog' }],
      ['search', 'search', `/search${FILE}`],
      ['search-words', 'search', `/${wordsFor('search')}`],
      ['search-for', 'search', '/{search,suche,recherche,buscar,busca,zoeken,szukaj,arama}/*'],
      ['search-in-shop', 'search', `/${shop}/search`],
    ];
  },
};
