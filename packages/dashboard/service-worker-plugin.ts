import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Plugin } from 'vite';

/** What the app opens with when there is no network, besides what these import and their styles. */
const OPENS_WITH = ['/src/main.ts', '/src/start.tsx', '/src/app/shell.tsx', '/src/messages/en/first.ts', '/src/messages/de/first.ts'];
const FACES = /inter-latin-(400|500|600)-normal.*\.woff2$/;
/** Of public/, which is served by its names. */
const BY_NAME = ['theme.js', 'icon.svg', 'manifest.webmanifest'];

/**
 * Writes `/sw.js` from src/sw: beside the built files rather than one of them, because its address has to stay the same. It knows the
 * names of this build's files, so it is another file, and browsers take the new version, whenever one of them is.
 */
export function serviceWorker(root: string): Plugin {
  return {
    name: 'foyer-service-worker',
    apply: 'build',
    enforce: 'post',
    async generateBundle(_options, bundle) {
      const shell = new Set<string>();
      const add = (file: string): void => {
        const chunk = bundle[file];
        if (shell.has(file) || chunk?.type !== 'chunk') return;
        shell.add(file);
        for (const css of chunk.viteMetadata?.importedCss ?? []) shell.add(css);
        for (const next of chunk.imports) add(next);
      };
      for (const file of Object.values(bundle)) {
        if (FACES.test(file.fileName)) shell.add(file.fileName);
        if (file.type === 'chunk' && OPENS_WITH.some((source) => file.moduleIds.some((id) => id.endsWith(source)))) add(file.fileName);
      }
      const assets = Object.keys(bundle)
        .filter((file) => file.startsWith('assets/') && !file.startsWith('assets/flags-'))
        .toSorted();
      const seen = createHash('sha256').update(assets.join('\n'));
      const page = bundle['index.html'];
      if (page?.type === 'asset') seen.update(page.source);
      for (const name of readdirSync(join(root, 'public')).toSorted()) seen.update(readFileSync(join(root, 'public', name)));
      const made = await build({
        entryPoints: [join(root, 'src/sw/service-worker.ts')],
        bundle: true,
        minify: true,
        write: false,
        format: 'iife',
        target: 'es2022',
        define: {
          __SHELL__: JSON.stringify(['/', ...BY_NAME.map((name) => `/${name}`), ...[...shell].map((file) => `/${file}`)]),
          __ASSETS__: JSON.stringify(assets.map((file) => `/${file}`)),
          __BUILD__: JSON.stringify(seen.digest('hex').slice(0, 16)),
        },
      });
      this.emitFile({ type: 'asset', fileName: 'sw.js', source: made.outputFiles[0]!.contents });
    },
  };
}
