import type { ShopPage } from './shop.ts';

/** A small site beside the shop: pages of text, one of them its front page. */
export interface SideSite {
  /** The public site key, and the path below which its pages lie. */
  readonly key: string;
  readonly name: string;
  /** Share of the workspace's visitors. */
  readonly share: number;
  readonly articles: readonly SideArticle[];
}
export interface SideArticle {
  /** '' for the front page. */
  readonly slug: string;
  readonly lang: string;
  readonly title: string;
  readonly text: string;
}

/** The company's journal, in the languages of those who read it: titles from right to left, in ideographs, with emoji. */
const JOURNAL: SideSite = {
  key: 'demo-journal',
  name: 'Fernhill Journal',
  share: 0.16,
  articles: [
    { slug: '', lang: 'en', title: 'Fernhill Journal 🏔️', text: 'Stories from people who walk, in their own words and languages.' },
    {
      slug: 'night-above-the-clouds',
      lang: 'en',
      title: 'A night above the clouds ⛺✨',
      text: 'We carried too much, slept too little, and would go again.',
    },
    {
      slug: 'ueber-die-alpen',
      lang: 'de',
      title: 'Zu Fuß über die Alpen: 28 Tage, 12 Blasen, kein Bedauern',
      text: 'Von Oberstdorf bis Meran, mit einem Rucksack von sieben Kilo.',
    },
    { slug: 'pluie', lang: 'fr', title: 'Éloge de la pluie', text: 'Pourquoi les meilleures randonnées commencent sous un ciel gris.' },
    {
      slug: 'desierto',
      lang: 'es',
      title: '¿Cuánta agua llevar al desierto?',
      text: 'Una regla sencilla, y tres excepciones que conviene recordar.',
    },
    { slug: 'sahra', lang: 'ar', title: 'ليلة في الصحراء: كيف تختار خيمتك', text: 'الرمال باردة في الليل، والنجوم أقرب مما تظن.' },
    {
      slug: 'galil',
      lang: 'he',
      title: 'שביל ישראל בגליל: חמישה ימים עם תרמיל קל',
      text: 'איפה ישנים, איפה יש מים, ומה אפשר להשאיר בבית.',
    },
    {
      slug: 'yatsugatake',
      lang: 'ja',
      title: '八ヶ岳テント泊：はじめての冬山装備リスト',
      text: '重さは十二キロ。持って行ってよかったもの、いらなかったもの。',
    },
    { slug: 'huangshan', lang: 'zh', title: '黄山日出：凌晨三点出发值得吗？', text: '带上头灯和热茶，剩下的交给云海。' },
    {
      slug: 'jirisan',
      lang: 'ko',
      title: '지리산 종주 2박 3일, 배낭은 얼마나 가벼워야 할까',
      text: '대피소 예약부터 마지막 한 그릇의 국밥까지.',
    },
    { slug: 'himalaya', lang: 'hi', title: 'हिमालय में पहली बार: क्या साथ ले जाएँ', text: 'गरम मोज़े, धैर्य, और एक छोटी सी चाय की केतली।' },
    { slug: 'karpaty', lang: 'uk', title: 'Карпати восени: маршрут на вихідні 🍂', text: 'Два дні, один намет і жодного дощу. Майже.' },
  ],
};

const HELP: SideSite = {
  key: 'demo-help',
  name: 'Fernhill Help',
  share: 0.1,
  articles: [
    { slug: '', lang: 'en', title: 'Help centre – Fernhill', text: 'Orders, returns, repairs and sizes.' },
    {
      slug: 'where-is-my-order',
      lang: 'en',
      title: 'Where is my order? – Fernhill Help',
      text: 'Parcels leave us within one working day. The link in your mail knows the rest.',
    },
    {
      slug: 'returns',
      lang: 'en',
      title: 'Returns and refunds – Fernhill Help',
      text: 'Sixty days, free, and no questions that are none of our business.',
    },
    { slug: 'repairs', lang: 'en', title: 'Repairs for life – Fernhill Help', text: 'Send it in. If we made it, we mend it.' },
    { slug: 'sizes', lang: 'en', title: 'Which size fits? – Fernhill Help', text: 'Measure in the evening, with the socks you walk in.' },
    { slug: 'rueckgabe', lang: 'de', title: 'Rückgabe und Umtausch – Fernhill Hilfe', text: 'Sechzig Tage, kostenlos, ohne Formular.' },
  ],
};

export const SIDE_SITES: readonly SideSite[] = [JOURNAL, HELP];

/** The pages of a side site as a tracker would report them. */
export const sidePages = (site: SideSite): readonly ShopPage[] =>
  site.articles.map(({ slug, title }) => ({ path: slug === '' ? '' : `${slug}/`, title, kind: 'none', inJournal: false }));
