/** One source with all it imports, as small as it gets. */
import { transform } from 'esbuild';
import { CHAT_LIMITS, CHAT_TIMES, LIMITS, TIMES } from '@foyer/protocol/link';
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { inlineOnce } from './build-inline.ts';
import { build, minify, parseSync, type Plugin, type Rolldown } from 'vite';

const SHARED: Readonly<Record<string, Readonly<Record<string, number>>>> = { LIMITS, TIMES, CHAT_LIMITS, CHAT_TIMES };

/** Fields that never leave the script. Names of the wire and of the DOM must not be in here. */
const PRIVATE = ['retryWindow', 'lostAtMs', 'earliestMs', 'failures', 'atMs', 'spoke', 'chance'];

/**
 * A bundler keeps a constants object whole for the sake of two of its numbers, and dares not shorten fields: this writes the
 * numbers in and the private names short (300 bytes gzip together).
 */
const shorten: Plugin = {
  name: 'shorten',
  enforce: 'pre',
  transform(code, id) {
    if (/\/protocol\/src\/(chat-)?limits\.ts$/.test(id)) return 'export const LIMITS = 0, TIMES = 0, CHAT_LIMITS = 0, CHAT_TIMES = 0;';
    const withNumbers = code.replace(/\b((?:CHAT_)?(?:LIMITS|TIMES))\.(\w+)/g, (_, object: string, key: string) =>
      String(SHARED[object]?.[key]),
    );
    return PRIVATE.reduce((text, name, i) => text.replace(new RegExp(`\\b${name}\\b`, 'g'), `$${i}`), withNumbers);
  },
};

/** A style sheet is a text in its chunk. */
const styles: Plugin = {
  name: 'styles',
  enforce: 'pre',
  // Under a name that Vite's own treatment of style sheets does not know.
  resolveId: (source, importer) => (source.endsWith('.css') ? `${resolve(dirname(importer!), source)}.text` : null),
  async load(id) {
    if (!id.endsWith('.css.text')) return null;
    const { code } = await transform(await readFile(id.replace('.text', ''), 'utf8'), { loader: 'css', minify: true });
    return { code: `export default ${JSON.stringify(code.trim())}`, moduleType: 'js' };
  },
};

/** All files of one entry by name, minified. What its chunks share with it lies in the entry: a page that needs it fetches one file. */
export async function bundle(name: string, source: string, format: 'script' | 'module'): Promise<Map<string, string>> {
  const core = new Set<string>();
  const reach: Plugin = {
    name: 'reach',
    buildEnd() {
      const visit = (id: string): void => {
        if (core.has(id)) return;
        core.add(id);
        this.getModuleInfo(id)?.importedIds.forEach(visit);
      };
      visit(source);
    },
  };
  const built = (await build({
    configFile: false,
    logLevel: 'warn',
    plugins: [shorten, styles, reach],
    oxc: { jsx: { runtime: 'classic', pragma: 'h', pragmaFrag: 'Fragment' } },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      modulePreload: false,
      lib: { entry: source, formats: ['es'], fileName: 'entry' },
      rolldownOptions: {
        optimization: { inlineConst: { mode: 'all', pass: 3 } },
        output: {
          topLevelVar: false,
          chunkFileNames: '[name].js',
          ...(format === 'module' ? { codeSplitting: { groups: [{ name: (id) => (core.has(id) ? name : null), debugName: name }] } } : {}),
        },
      },
    },
  })) as Rolldown.RolldownOutput[];
  const parts = built[0]!.output.filter((part) => part.type === 'chunk');
  const entry = parts.find(({ isEntry }) => isEntry)!;
  if (!parts[1]) return new Map([[`${name}.js`, await minified(entry.code, format)]]);
  const files = new Map<string, string>();
  for (const { fileName, code } of parts.filter((part) => part !== entry))
    files.set(fileName, await minified(fileName === `${name}.js` ? withExports(code, entry.code) : code, format));
  return files;
}

/** The entry does nothing but pass on, under their own names, what the file of its group has under short ones: the group does so itself. */
function withExports(code: string, entry: string): string {
  const passed = [...entry.matchAll(/(\w+) as (\w+)/g)].map(
    ([, short, own]) => `${new RegExp(`(\\w+) as ${short}\\b`).exec(code)![1]} as ${own}`,
  );
  return `${code}\nexport { ${passed.join(', ')} };`;
}

async function minified(code: string, format: 'script' | 'module'): Promise<string> {
  // A browser that lacks something at load must not tell the host page's error handler about it.
  const whole = format === 'script' ? `try{(()=>{${inlineOnce(withArrows(code))}})()}catch{}` : code;
  const small = await minify('entry.js', whole, {
    module: format === 'module',
    compress: { target: 'es2022' },
    mangle: { toplevel: format === 'module' },
    codegen: { removeWhitespace: true, legalComments: 'none' },
  });
  return (
    small.code
      .replace(/\/\* @__PURE__ \*\/ ?/g, '')
      .replace(/\$(\d)\b/g, (_, i: string) => 'etnroia'[Number(i)]!)
      // None of the tracker's own yes and no is sent, and none is compared.
      .replace(/!([01])\b/g, (sign, bit: string) => (format === 'script' ? String(1 - Number(bit)) : sign))
      .trim()
  );
}

/** Functions of the top level become arrows, which go into one declaration with the rest (42 bytes gzip). */
function withArrows(code: string): string {
  let text = code;
  for (const node of parseSync('entry.js', code).program.body.reverse()) {
    if (node.type !== 'FunctionDeclaration' || !node.id || !node.body || node.async || node.generator) continue;
    const { params, body } = node;
    const names = params.length > 0 ? code.slice(params[0]!.start, params.at(-1)!.end) : '';
    text = `${text.slice(0, node.start)}const ${node.id.name} = (${names}) => ${code.slice(body.start, body.end)};${text.slice(node.end)}`;
  }
  return text;
}
