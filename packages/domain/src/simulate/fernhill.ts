import type { Shop } from './shop.ts';

/** The demo's shop. Names and prices are here so that its pages and its simulated visitors cannot disagree. */
export const FERNHILL: Shop = {
  name: 'Fernhill Outdoor',
  searches: ['tent', 'rain jacket', 'boots', 'sleeping bag', 'stove', 'gift', 'ultralight', 'kids', 'size 44', 'returns'],
  collections: [
    {
      slug: 'tents',
      name: 'Tents',
      line: 'Shelter for one night or a whole summer.',
      products: [
        { slug: 'ridge-2', name: 'Ridge 2 Tent', priceCents: 34900, line: 'Two people, 1.6 kg, and a door for each of them.' },
        { slug: 'ridge-4', name: 'Ridge 4 Tent', priceCents: 52900, line: 'The family size: stand up, cook under cover, sleep dry.' },
        { slug: 'fell-solo', name: 'Fell Solo Tent', priceCents: 28900, line: 'One pole, one person, 890 grams.' },
        { slug: 'tarp-3x3', name: 'Tarp 3 × 3', priceCents: 11900, line: 'Nine square metres of roof that packs into a mug.' },
      ],
    },
    {
      slug: 'packs',
      name: 'Packs',
      line: 'Carry more, feel less.',
      products: [
        { slug: 'tarn-45', name: 'Tarn 45 Pack', priceCents: 18900, line: 'Forty-five litres with a back you can adjust on the trail.' },
        { slug: 'tarn-28', name: 'Tarn 28 Pack', priceCents: 12900, line: 'A long day, a summit lunch, a spare jumper.' },
        { slug: 'beck-12', name: 'Beck 12 Vest', priceCents: 9900, line: 'For running: it moves when you do.' },
        { slug: 'dry-sacks', name: 'Dry Sacks, Set of 4', priceCents: 4900, line: 'Roll, clip, forget about the rain.' },
      ],
    },
    {
      slug: 'sleep',
      name: 'Sleep',
      line: 'Warm nights weigh surprisingly little.',
      products: [
        { slug: 'down-400', name: 'Down 400 Sleeping Bag', priceCents: 32900, line: 'Comfort to −4 °C from traceable down.' },
        { slug: 'summer-bag', name: 'Summer Sleeping Bag', priceCents: 13900, line: 'Opens flat to a blanket for two.' },
        { slug: 'air-mat', name: 'Air Mat', priceCents: 11900, line: 'Eight centimetres thick, 430 grams light.' },
        { slug: 'camp-pillow', name: 'Camp Pillow', priceCents: 2900, line: 'The luxury you will not leave at home again.' },
      ],
    },
    {
      slug: 'jackets',
      name: 'Jackets',
      line: 'For weather with opinions.',
      products: [
        { slug: 'squall-shell', name: 'Squall Shell', priceCents: 27900, line: 'Three layers, taped, and a hood that turns with you.' },
        {
          slug: 'drizzle-anorak',
          name: 'Drizzle Anorak',
          priceCents: 14900,
          line: 'A light half-zip for the walk to work and the hill behind it.',
        },
        { slug: 'moor-fleece', name: 'Moor Fleece', priceCents: 9900, line: 'Recycled, warm, and better with each wash.' },
        { slug: 'puffin-down', name: 'Puffin Down Jacket', priceCents: 23900, line: 'Packs into its own pocket.' },
      ],
    },
    {
      slug: 'boots',
      name: 'Boots',
      line: 'Made to be resoled, not replaced.',
      products: [
        { slug: 'fernhill-mid', name: 'Fernhill Mid Boot', priceCents: 21900, line: 'Leather, waterproof, broken in on day one.' },
        { slug: 'scree-low', name: 'Scree Low Shoe', priceCents: 15900, line: 'An approach shoe that can climb.' },
        { slug: 'trail-runner', name: 'Trail Runner', priceCents: 13900, line: 'Grip for mud, cushion for miles.' },
        { slug: 'merino-socks', name: 'Merino Socks, 3 Pairs', priceCents: 3900, line: 'Dry feet are happy feet.' },
      ],
    },
    {
      slug: 'kitchen',
      name: 'Kitchen',
      line: 'Everything tastes better outside.',
      products: [
        { slug: 'ember-stove', name: 'Ember Stove', priceCents: 6900, line: 'Boils half a litre in two minutes, in wind.' },
        { slug: 'cook-set', name: 'Cook Set', priceCents: 7900, line: 'Two pots, a pan and a lid that is a plate.' },
        { slug: 'enamel-mug', name: 'Enamel Mug', priceCents: 1400, line: 'Chips with dignity.' },
        { slug: 'water-filter', name: 'Water Filter', priceCents: 4400, line: 'A thousand litres of stream, made safe.' },
      ],
    },
  ],
  articles: [
    { slug: 'three-days-on-the-ridge', name: 'Three days on the ridge', line: 'A long weekend with one pack, two tents and no plan B.' },
    {
      slug: 'how-to-pitch-in-wind',
      name: 'How to pitch a tent in wind',
      line: 'Door to the lee, poles last, and never let go of the corner.',
    },
    { slug: 'care-for-your-boots', name: 'Care for your boots', line: 'Ten minutes after a walk add ten years.' },
    { slug: 'one-pot-dinners', name: 'Five one-pot dinners', line: 'From the ember stove, for two hungry people.' },
    { slug: 'leave-no-trace', name: 'Leave no trace', line: 'What we pack out, and how we choose where to sleep.' },
  ],
};
