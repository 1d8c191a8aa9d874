import type { Random } from './random.ts';

/** By the language of their browser. Names and texts of every direction, width and length must fit on the screens. */
const SPECIAL: Readonly<Record<string, readonly (readonly [name: string, mailbox: string])[]>> = {
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
/** Given and family names, as they are written and as in an address: enough that a list of people is not the same ten again. */
const USUAL: Readonly<Record<string, readonly [given: string, family: string]>> = {
  en: [
    'Amelia Jack Isla Noah Ruby Harry Grace Leo Maya Ethan Chloe Oscar Ella Lucas Hannah Owen Naomi Caleb Tessa Marcus Joanna Felix',
    'Walker Hughes Carter Bailey Morgan Reed Foster Price Barnes Ward Cooper Murray Ellis Bennett Hayes Sullivan Okafor Doyle Frost Lane',
  ],
  de: [
    'Anna Lukas Marie Jonas Sophie Paul Lena Felix Clara Max Johanna Moritz Greta Tobias Frieda Sven Miriam Nils Ida Carsten',
    'Schneider Fischer Weber Wagner Becker Hoffmann Schäfer Koch Bauer Richter Klein Wolf Schröder Neumann Braun Krüger Vogt Lindner',
  ],
  fr: [
    'Camille Louis Manon Hugo Inès Jules Léa Gabriel Élise Antoine Margaux Théo Agathe Bastien',
    'Martin Bernard Dubois Moreau Laurent Girard Lambert Fontaine Rousseau Blanc Guérin Boyer Garnier Chevalier',
  ],
  es: [
    'Lucía Mateo Carmen Diego Elena Javier Paula Andrés Sofía Pablo Marta Sergio Alba Raúl',
    'García Martínez López Sánchez Romero Torres Vargas Molina Castro Ortega Rubio Delgado Peña Ibáñez',
  ],
  pt: [
    'Ana Miguel Beatriz Tiago Mariana Rafael Inês Pedro Larissa Bruno',
    'Silva Santos Oliveira Pereira Costa Almeida Ribeiro Carvalho Teixeira Rocha',
  ],
  it: [
    'Giulia Marco Chiara Luca Martina Davide Elisa Matteo Sara Paolo',
    'Rossi Ferrari Bianchi Romano Ricci Greco Conti Marino Bruno Gallo',
  ],
  nl: ['Sanne Daan Lotte Bram Fleur Sem Anouk Thijs Eva Jeroen', 'Jansen Visser Bakker Smit Meijer Mulder Bos Vos Peters Hendriks'],
  pl: ['Zofia Jakub Maja Kacper Hanna Filip Agnieszka Piotr', 'Nowak Kowalska Wiśniewski Wójcik Kamińska Zieliński Szymańska Mazur'],
  sv: ['Elsa Erik Maja Oskar Linnea Axel Freja Nils', 'Andersson Lindberg Nyström Bergman Holm Sandberg Ekström Forsberg'],
  tr: ['Elif Emre Zeynep Mehmet Defne Kerem Aslı Can', 'Kaya Demir Çelik Şahin Aydın Öztürk Arslan Koç'],
  ja: [
    '陽菜=hina 蓮=ren 葵=aoi 大翔=hiroto 結衣=yui 悠真=yuma',
    '田中=tanaka 鈴木=suzuki 渡辺=watanabe 山本=yamamoto 中村=nakamura 小林=kobayashi',
  ],
  zh: ['小雨=xiaoyu 子涵=zihan 浩然=haoran 欣怡=xinyi 志强=zhiqiang 美玲=meiling', '李=li 张=zhang 刘=liu 陈=chen 杨=yang 赵=zhao'],
  ko: ['지우=jiwoo 하준=hajun 수아=sua 도윤=doyun 지민=jimin 예준=yejun', '이=lee 최=choi 정=jung 강=kang 조=cho 윤=yoon'],
  hi: ['आरव=aarav दिया=diya रोहन=rohan मीरा=meera कबीर=kabir नेहा=neha', 'वर्मा=verma सिंह=singh गुप्ता=gupta पटेल=patel जोशी=joshi कपूर=kapoor'],
  ru: [
    'Мария=maria Иван=ivan Дарья=daria Павел=pavel Ольга=olga Егор=egor',
    'Соколов=sokolov Морозов=morozov Волков=volkov Зайцев=zaitsev',
  ],
  ar: ['مريم=maryam يوسف=yousef سارة=sara خالد=khaled هدى=huda كريم=karim', 'منصور=mansour الخطيب=khatib سليمان=suleiman ناصر=nasser'],
};
/** One of the names that are hard to show, for as many. */
const SPECIAL_SHARE = 0.12;
const FAMILY_FIRST = new Set(['ja', 'zh', 'ko']);
const PLANS = ['Trail Club', 'Trail Club Plus', 'Guide'] as const;

/** Who the site says somebody is, as `foyer('identify', …)` would. */
export interface Identity {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly data: Readonly<Record<string, string | number | boolean>>;
}

export function identityIn(language: string, no: number, random: Random): Identity {
  const [name, mailbox] = nameIn(language.slice(0, 2), random);
  return {
    id: `customer-${1_000 + no}`,
    name,
    email: `${mailbox}@example.com`,
    data: { plan: random.pick(PLANS), orders: random.int(1, 24), newsletter: random.chance(0.5) },
  };
}

function nameIn(language: string, random: Random): readonly [name: string, mailbox: string] {
  const special = SPECIAL[language];
  const usual = USUAL[language] ?? (special ? undefined : USUAL['en']);
  if (special && (!usual || random.chance(SPECIAL_SHARE))) return random.pick(special);
  const part = (names = ''): readonly [string, string] => {
    const [written = '', latin = plain(written)] = random.pick(names.split(' ')).split('=');
    return [written, latin];
  };
  const [given, family] = [part(usual?.[0]), part(usual?.[1])];
  const name = FAMILY_FIRST.has(language) ? `${family[0]}${language === 'ja' ? ' ' : ''}${given[0]}` : `${given[0]} ${family[0]}`;
  return [name, random.chance(0.7) ? `${given[1]}.${family[1]}` : `${given[1]}${random.int(60, 99)}`];
}

const plain = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[łı]/g, (c) => (c === 'ł' ? 'l' : 'i'));
