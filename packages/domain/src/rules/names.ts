/** Names under which people look for countries and languages: in each language the dashboard speaks, from Intl, made once per code. */
import { fold } from './fold.ts';

/** ISO 3166-1 alpha-2 and XK. Written out because Intl also names codes that are aliases or gone, and differs between versions. */
const CODES = new Set(
  (
    'ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn bo bq br bs bt bv bw by bz ca cc cd cf cg ch ci ck cl cm cn co cr cu cv ' +
    'cw cx cy cz de dj dk dm do dz ec ee eg eh er es et fi fj fk fm fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im ' +
    'in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mf mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw ' +
    'mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sj sk sl sm sn so sr ss ' +
    'st sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug um us uy uz va vc ve vg vi vn vu wf ws xk ye yt za zm zw'
  ).split(' '),
);
/** What else people call it, where neither the code nor the name of Intl begins a word like that. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  ae: ['uae'],
  ba: ['bosnia and herzegovina'],
  cd: ['drc', 'dr congo'],
  ci: ['ivory coast'],
  cv: ['cabo verde'],
  cz: ['czech republic'],
  gb: ['uk', 'great britain', 'england', 'scotland', 'wales', 'northern ireland'],
  kr: ['republic of korea'],
  mk: ['macedonia'],
  mm: ['burma'],
  nl: ['holland'],
  ru: ['russian federation'],
  sz: ['swaziland'],
  tl: ['east timor'],
  tr: ['turkey'],
  us: ['usa', 'united states of america', 'america'],
  va: ['holy see'],
};
/** A visitor is found under the name on the reader's screen, and a filter sent to a colleague finds the same on theirs: so all of them, always. */
const SPOKEN = ['en', 'de'];
const regions = SPOKEN.map((language) => new Intl.DisplayNames([language], { type: 'region', fallback: 'code' }));
const languages = SPOKEN.map((language) => new Intl.DisplayNames([language], { type: 'language', fallback: 'code' }));

/** `code` is folded: 'de' yes, 'dd' no. */
export const isCountryCode = (code: string): boolean => CODES.has(code);

/** Everything a country is called, folded, the code first: `['gb', 'united kingdom', 'uk', …]`. A code nobody assigned has only itself. */
export const countryNames = memoised((code) => {
  const folded = fold(code);
  if (!CODES.has(folded)) return [folded];
  const shown = regions.map((names) => names.of(folded.toUpperCase()) ?? folded);
  const names = [...shown, ...shown.map((name) => name.replace('&', 'and').replace('St.', 'Saint')), ...(ALSO[folded] ?? [])];
  return [...new Set([folded, ...names.map(fold)])];
});

/** The same for a language tag as browsers send it: `['de-at', 'german']`. The region's name is left out, or `china` would find Chinese readers in Rome. */
export const languageNames = memoised((tag) => {
  const folded = fold(tag);
  // Four letters are no language (BCP 47 keeps them for scripts): Intl throws on them, and a tab can say what it likes.
  const base = /^(?:[a-z]{2,3}|[a-z]{5,8})(?=-|$)/.exec(folded)?.[0];
  if (!base) return [folded];
  return [...new Set([folded, ...languages.map((names) => fold(names.of(base) ?? base))])];
});

/** There are a few hundred real codes; the bound is against made-up ones, which tabs can send. */
function memoised(make: (code: string) => readonly string[]): (code: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  return (code) => {
    const seen = known.get(code);
    if (seen) return seen;
    const made = make(code);
    if (known.size >= 2_000) known.clear();
    known.set(code, made);
    return made;
  };
}
