import type { Random } from './random.ts';

/** What people are called, by the language of their browser. Names and texts of every direction, width and length must fit on the screens. */
const NAMES: Readonly<Record<string, readonly (readonly [name: string, mailbox: string])[]>> = {
  ar: [
    ['ليلى حسن', 'layla.hassan'],
    ['عمر الفاروق', 'omar.farouk'],
    ['نور الدين بن عبد الرحمن', 'nour.eddine'],
  ],
  he: [
    ['נועה לוי', 'noa.levi'],
    ['דוד בן־אברהם', 'david.ba'],
  ],
  fa: [['سارا محمدی', 'sara.m']],
  ja: [
    ['佐藤 美咲', 'misaki.sato'],
    ['髙橋 健太郎', 'k.takahashi'],
  ],
  zh: [
    ['王小明', 'xiaoming.wang'],
    ['歐陽 雅婷', 'yating.ouyang'],
  ],
  ko: [
    ['김민준', 'minjun.kim'],
    ['박서연', 'seoyeon.park'],
  ],
  ru: [['Анна Иванова', 'anna.ivanova']],
  uk: [['Олена Шевченко', 'olena.s']],
  el: [['Ελένη Παπαδοπούλου', 'eleni.p']],
  hi: [['अनन्या शर्मा', 'ananya.sharma']],
  th: [['สมชาย ใจดี', 'somchai.j']],
  de: [
    ['Jörg Weißmüller', 'joerg.w'],
    ['Katharina Freifrau von Hohenstein-Übelbach', 'katharina.h'],
    ['Lea Sommer', 'lea.sommer'],
  ],
  fr: [
    ['Chloé Lefèvre', 'chloe.lefevre'],
    ['Jean-Baptiste d’Arcy', 'jb.darcy'],
  ],
  es: [
    ['María José Núñez', 'mj.nunez'],
    ['Íñigo Arana', 'inigo.arana'],
  ],
  pt: [['João Gonçalves', 'joao.g']],
  pl: [['Łukasz Żółć', 'lukasz.z']],
  tr: [['İpek Yıldız', 'ipek.yildiz']],
  sv: [['Åsa Öberg', 'asa.oberg']],
  vi: [['Nguyễn Thị Ánh', 'anh.nguyen']],
  en: [
    ['Olivia Bennett', 'olivia.bennett'],
    ['Zoë 🌻 Hart', 'zoe.hart'],
    ['Sam O’Connor', 'sam.oconnor'],
    ['Priya Natarajan', 'priya.n'],
    ['D.J.', 'dj'],
  ],
};
const PLANS = ['Trail Club', 'Trail Club Plus', 'Guide'] as const;

/** Who the site says somebody is, as `foyer('identify', …)` would. */
export interface Identity {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly data: Readonly<Record<string, string | number | boolean>>;
}

export function identityIn(language: string, no: number, random: Random): Identity {
  const [name, mailbox] = random.pick(NAMES[language.slice(0, 2)] ?? NAMES['en'] ?? []);
  return {
    id: `customer-${1_000 + no}`,
    name,
    email: `${mailbox}@example.com`,
    data: { plan: random.pick(PLANS), orders: random.int(1, 24), newsletter: random.chance(0.5) },
  };
}
