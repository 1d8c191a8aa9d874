import { foldPart } from './context-glob.ts';
import { isCountryCode } from './names.ts';

/** An address as page rules see it: folded, in parts. */
export interface Page {
  /** Labels, without `www`. */
  readonly host: readonly string[];
  /** The path, and the path without the locale it begins with: patterns need not know in which market they are. */
  readonly paths: readonly (readonly string[])[];
  /** The same of a hash route; [] when there is none. */
  readonly routes: readonly (readonly string[])[];
  readonly query: ReadonlyMap<string, string>;
}

const MOST_PARAMETERS = 50;
// Scheme · host · path · query · fragment. Linear: each class ends where the next begins.
const ADDRESS = /^https?:\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)(?::\d*)?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/is;

/** null: no address of a page. Cost: its length. */
export function readPage(url: string): Page | null {
  const found = ADDRESS.exec(url);
  if (!found) return null;
  const [, host = '', path = '', query = '', fragment = ''] = found;
  const route = /^!?\//.test(fragment) ? fragment.replace(/^!/, '') : '';
  const [routePath = '', routeQuery = ''] = route.split('?', 2);
  return {
    host: hostParts(host),
    paths: withoutLocales(pathParts(path)),
    routes: route === '' ? [] : withoutLocales(pathParts(routePath)),
    query: parametersOf(`${query}&${routeQuery}`),
  };
}

function hostParts(host: string): string[] {
  const labels = host
    .split('.')
    .map(foldPart)
    .filter((label) => label !== '');
  return labels[0] === 'www' ? labels.slice(1) : labels;
}

/** Without what Java servers append (`;jsessionid=…`). */
function pathParts(path: string): string[] {
  return path
    .split('/')
    .map((part) => foldPart(part.split(';', 1)[0] ?? ''))
    .filter((part) => part !== '');
}

/** ISO 639-1. */
const LANGUAGES = new Set(
  (
    'aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn ' +
    'gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn ' +
    'mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ' +
    'ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu'
  ).split(' '),
);
/** Markets that are no country, and what a server puts first when addresses are not rewritten. */
const FIRST_PARTS: ReadonlySet<string> = new Set(['int', 'intl', 'international', 'row', 'global', 'ww', 'index.php']);
const LOCALE = /^([a-z]{2})(?:[-_][a-z0-9]{2,4}){0,2}$/;

/** `/de`, `/en-gb`, `/us_en`, `/zh-hans-cn`, `/int`: what stands for a language or market, not for a page. */
function isLocale(part: string): boolean {
  if (FIRST_PARTS.has(part)) return true;
  const code = LOCALE.exec(part)?.[1];
  return code !== undefined && (LANGUAGES.has(code) || isCountryCode(code));
}

/** The parts themselves first; then without one such part, and without two (`/gb/en`). */
function withoutLocales(parts: readonly string[]): (readonly string[])[] {
  const forms = [parts];
  for (let i = 0; i < 2 && parts[i] !== undefined && isLocale(parts[i]!); i++) forms.push(parts.slice(i + 1));
  return forms;
}

function parametersOf(query: string): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const pair of query.split('&')) {
    if (pair === '') continue;
    if (parameters.size === MOST_PARAMETERS) break;
    const cut = pair.indexOf('=');
    const name = foldPart(cut < 0 ? pair : pair.slice(0, cut));
    if (!parameters.has(name)) parameters.set(name, cut < 0 ? '' : foldPart(pair.slice(cut + 1).replaceAll('+', ' ')));
  }
  return parameters;
}
