/** Pictures of the shop, drawn as SVG so that nothing is loaded from anywhere. Decorative: hidden from screen readers, the text says what it is. */
const PALETTES = [
  { sky: '#e6efe6', main: '#2f6b4f', dark: '#1f4d3a', light: '#8fbf9f', spot: '#e0a458' },
  { sky: '#f5e9dc', main: '#c8553d', dark: '#8f3a29', light: '#e8a48f', spot: '#2f6b4f' },
  { sky: '#e3ecf2', main: '#33658a', dark: '#22455f', light: '#86bbd8', spot: '#f2c14e' },
  { sky: '#f4eed8', main: '#c9962f', dark: '#8a6519', light: '#f0d48a', spot: '#33658a' },
] as const;
type Palette = (typeof PALETTES)[number];

const svg = (box: string, body: string, className = 'art') =>
  `<svg class="${className}" viewBox="${box}" aria-hidden="true" focusable="false" preserveAspectRatio="xMidYMid slice">${body}</svg>`;

/** What is drawn for a product of each collection, on a canvas of 200 × 200. */
const THINGS: Readonly<Record<string, (p: Palette) => string>> = {
  tents: (p) =>
    `<path d="M100 48 24 150h152z" fill="${p.main}"/><path d="M100 48 24 150h52z" fill="${p.light}"/><path d="M100 48 76 150h52z" fill="${p.dark}"/><path d="M100 48v102h28z" fill="${p.spot}"/><path d="M14 158l10-8M186 158l-10-8" stroke="${p.dark}" stroke-width="3"/>`,
  packs: (p) =>
    `<rect x="62" y="46" width="76" height="112" rx="26" fill="${p.main}"/><rect x="72" y="98" width="56" height="46" rx="12" fill="${p.dark}"/><path d="M62 76h76" stroke="${p.light}" stroke-width="7"/><path d="M84 46c0-22 32-22 32 0" fill="none" stroke="${p.dark}" stroke-width="7"/><rect x="90" y="70" width="20" height="14" rx="4" fill="${p.spot}"/><path d="M62 112c-14 2-16 30-4 36M138 112c14 2 16 30 4 36" fill="${p.light}"/>`,
  sleep: (p) =>
    `<path d="M40 122c0-28 20-44 60-44s62 16 62 44-22 40-62 40-60-12-60-40z" fill="${p.main}"/><ellipse cx="60" cy="114" rx="24" ry="28" fill="${p.light}"/><ellipse cx="60" cy="114" rx="11" ry="14" fill="${p.spot}"/><path d="M96 80c-6 22-6 54 2 80M128 84c-5 20-5 50 2 70" stroke="${p.dark}" stroke-width="4" fill="none"/>`,
  jackets: (p) =>
    `<path d="M72 50c8 12 48 12 56 0l32 20 12 66-22 4-8-40v62H58v-62l-8 40-22-4 12-66z" fill="${p.main}"/><path d="M100 58v104" stroke="${p.dark}" stroke-width="4"/><path d="M72 50c4 26 52 26 56 0 2-18-58-18-56 0z" fill="${p.dark}"/><path d="M58 104h84" stroke="${p.light}" stroke-width="6"/><circle cx="118" cy="88" r="6" fill="${p.spot}"/>`,
  boots: (p) =>
    `<path d="M66 44h44l4 60c16 12 48 10 56 34v12H58z" fill="${p.main}"/><path d="M54 150h120v12H54z" fill="${p.dark}"/><path d="M66 44h44l1 16H66z" fill="${p.light}"/><path d="M88 74l26-3M88 90l28-3M92 106l30-4" stroke="${p.spot}" stroke-width="5" stroke-linecap="round"/>`,
  kitchen: (p) =>
    `<path d="M58 84h84v44c0 20-12 30-42 30s-42-10-42-30z" fill="${p.main}"/><path d="M142 94c28-2 28 38-2 36" fill="none" stroke="${p.dark}" stroke-width="8"/><ellipse cx="100" cy="84" rx="42" ry="9" fill="${p.dark}"/><path d="M84 66c-8-12 8-16 0-30M102 66c-8-12 8-16 0-30M120 66c-8-12 8-16 0-30" fill="none" stroke="${p.light}" stroke-width="5" stroke-linecap="round"/><path d="M60 112h80" stroke="${p.spot}" stroke-width="5"/>`,
};

/** A product; `variant` turns the colours, so neighbours differ. */
export function productArt(collection: string, variant: number): string {
  const palette = PALETTES[variant % PALETTES.length] ?? PALETTES[0];
  const thing = THINGS[collection] ?? THINGS['tents'];
  const ground = `<rect width="200" height="200" fill="${palette.sky}"/><ellipse cx="100" cy="164" rx="78" ry="9" fill="#0000001a"/>`;
  return svg('0 0 200 200', `${ground}${thing?.(palette) ?? ''}`);
}

/** Hills in the evening, a tent and a fire: the top of the home page. */
export const heroArt: string = svg(
  '0 0 1200 520',
  `<defs><linearGradient id="dusk" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#f7d9b0"/><stop offset=".6" stop-color="#f3b48b"/><stop offset="1" stop-color="#e08c6c"/></linearGradient></defs>
  <rect width="1200" height="520" fill="url(#dusk)"/><circle cx="880" cy="190" r="62" fill="#fff3dc"/>
  <path d="M0 300 160 190 300 270 470 130 640 290 800 210 960 300 1200 180V520H0z" fill="#b9846f"/>
  <path d="M0 360 200 260 380 340 560 240 760 350 980 260 1200 340V520H0z" fill="#6d7f6a"/>
  <path d="M0 430c160-60 330-70 520-30s420 40 680-20v140H0z" fill="#2f5c46"/>
  <path d="M0 480c220-40 500-40 760-10s340 20 440 0v50H0z" fill="#1f4436"/>
  <g transform="translate(770 370)"><path d="M70-58 0 52h140z" fill="#e9c46a"/><path d="M70-58 0 52h44z" fill="#f4dfa6"/><path d="M70-58 44 52h44z" fill="#7a3b22"/></g>
  <g transform="translate(700 410)"><path d="M0 10c-14-20 8-24 4-42 20 12 22 30 12 42z" fill="#f4a261"/><path d="M-12 14h40" stroke="#5b3a29" stroke-width="6" stroke-linecap="round"/></g>
  <g fill="#17352a"><path d="M90 470l34-120 34 120zM150 480l28-96 28 96zM1060 476l36-128 36 128zM1010 484l24-84 24 84z"/></g>`,
  'art hero-art',
);

/** A landscape for a journal entry. */
export function journalArt(variant: number): string {
  const { sky, main, dark, light, spot } = PALETTES[variant % PALETTES.length] ?? PALETTES[0];
  const shift = variant * 37;
  return svg(
    '0 0 600 300',
    `<rect width="600" height="300" fill="${sky}"/><circle cx="${120 + ((shift * 3) % 360)}" cy="84" r="36" fill="${spot}"/><path d="M0 ${190 - (shift % 30)} 130 ${110 + (shift % 40)} 260 200 390 ${100 + (shift % 50)} 600 210V300H0z" fill="${light}"/><path d="M0 230c140-50 260-40 360-10s170 20 240-10v90H0z" fill="${main}"/><path d="M0 270c200-30 400-20 600-10v40H0z" fill="${dark}"/>`,
  );
}

export const markArt: string =
  '<svg class="mark" viewBox="0 0 32 32" aria-hidden="true"><path d="M16 3 3 27h26z" fill="currentColor"/><path d="M16 11 9 27h14z" fill="#faf7f1"/><path d="M16 16v11" stroke="currentColor" stroke-width="2"/></svg>';
