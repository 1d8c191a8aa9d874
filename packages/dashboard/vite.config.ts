import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { licences } from './licences.ts';
import { serviceWorker } from './service-worker-plugin.ts';

const require = createRequire(import.meta.url);
const flagsPackage = dirname(require.resolve('flag-icons/package.json'));
const flagsVersion = (JSON.parse(readFileSync(join(flagsPackage, 'package.json'), 'utf8')) as { version: string }).version;
/** The version is in the path, so flags can be cached for ever like every other asset. */
const FLAGS_BASE = `assets/flags-${flagsVersion}`;

/** Serves each country's flag as its own small file: a page loads the ten it shows, and none of them is JavaScript. */
function flags(): Plugin {
  const folder = join(flagsPackage, 'flags', '4x3');
  return {
    name: 'foyer-flags',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const name = /^\/assets\/flags-[\d.]+\/([a-z-]{2,8}\.svg)$/.exec(request.url ?? '')?.[1];
        if (!name) return next();
        response.setHeader('content-type', 'image/svg+xml');
        response.end(readFileSync(join(folder, name)));
      });
    },
    generateBundle() {
      for (const name of readdirSync(folder)) {
        if (!/^[a-z]{2}\.svg$/.test(name)) continue;
        this.emitFile({ type: 'asset', fileName: `${FLAGS_BASE}/${name}`, source: readFileSync(join(folder, name)) });
      }
    },
  };
}

/** Names in the page what its first paint needs and only its scripts and styles would ask for: the application, and the two faces of text. */
function preloadFirst(): Plugin {
  return {
    name: 'foyer-preload-first',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle }) {
        const files = Object.values(bundle ?? {});
        const start = files.find((file) => file.type === 'chunk' && file.facadeModuleId?.endsWith('/src/start.tsx'));
        const scripts = start?.type === 'chunk' ? [start.fileName, ...start.imports] : [];
        const faces = files.map((file) => file.fileName).filter((file) => /inter-latin-(400|500)-normal.*\.woff2$/.test(file));
        return [
          ...scripts.map((file) => ({ rel: 'modulepreload', href: `/${file}`, crossorigin: true })),
          ...faces.map((file) => ({ rel: 'preload', href: `/${file}`, as: 'font', type: 'font/woff2', crossorigin: true })),
        ].map((attrs) => ({ tag: 'link', attrs, injectTo: 'head' as const }));
      },
    },
  };
}

/**
 * A schema that nobody uses is left out: what makes it is wrapped into a call that is marked as pure. Marking its own calls would not
 * do, because what they are given (`LIMITS.filterChars * 8`) could have a side effect for all that a bundler knows.
 */
function schemasOnDemand(): Plugin {
  return {
    name: 'foyer-schemas-on-demand',
    apply: 'build',
    enforce: 'post',
    transform: {
      filter: { id: /[\\/]packages[\\/]protocol[\\/]src[\\/]/ },
      handler(code) {
        const made = this.parse(code)
          .body.map((node) => (node.type === 'ExportNamedDeclaration' ? node.declaration : node))
          .flatMap((node) => (node?.type === 'VariableDeclaration' ? node.declarations : []))
          .flatMap(({ init }) => (init?.type === 'CallExpression' || init?.type === 'ObjectExpression' ? [init] : []))
          .filter(({ start, end }) => code.slice(start, end).includes('('));
        let wrapped = code;
        for (const { start, end } of made.toReversed())
          wrapped = `${wrapped.slice(0, start)}/* @__PURE__ */ (() => (${wrapped.slice(start, end)}))()${wrapped.slice(end)}`;
        return { code: wrapped, map: null };
      },
    },
  };
}

/**
 * What every page loads changes rarely, so it stays in browsers' caches over releases; and one file compresses better than thirty.
 * Who changes something, or reads page by page, comes later.
 */
const VENDOR =
  /[\\/]node_modules[\\/](react|react-dom|scheduler|@tanstack)[\\/](?!.*[\\/](mutationObserver|useMutation|infiniteQueryObserver|useInfiniteQuery|queriesObserver|useQueries)\.js)/;
/** Ours that the first page needs, whichever it is. Screens and what single screens use stay files of their own. */
const BASE =
  /[\\/]dashboard[\\/]src[\\/](api|live|ui|words)[\\/](?!chat-|rules-|goals|seek-anywhere|history-|analytics-|requests-|zoned-time|upload|password|token|domain|copy-text|dialog|avatar)[\w-]+\.tsx?$|[\\/]dashboard[\\/]src[\\/]app[\\/](?!shortcut-help|colleagues-online|named-of|not-in-plan)[\w-]+\.tsx?$|[\\/]dashboard[\\/]src[\\/]messages[\\/]plural\.ts$|[\\/]packages[\\/](domain[\\/]src[\\/](rules|link)|protocol[\\/]src)[\\/](?!chat|context-|goals|goal-id|names|filter-match|page-rules|reach|site-rules|analytics-|history-|request-log)/;

/** What the list shares with the details that come after it: in files of their own each would be a request more. */
const LIST =
  /[\\/]dashboard[\\/]src[\\/]visitors[\\/]((use-standing|use-followed|returning|status-badge|age|sidebar-width|left-out|use-list|goal-mark|list-filter|filter-bar|saved-filters-button|use-filter-in-address|list-keys|tip-host|tip-intent|sheet-stop)\.tsx?|chat[\\/](asked|ask-layer)\.tsx?)$/;

const server = process.env['FOYER_DEV_SERVER'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [
    react(),
    flags(),
    schemasOnDemand(),
    preloadFirst(),
    serviceWorker(import.meta.dirname),
    // Held by the build, but as files that no script imports: flags, the typeface, and MapLibre's worker.
    licences(
      ['flag-icons/package.json', '@fontsource/inter/package.json', 'maplibre-gl/package.json'].map((file) => require.resolve(file)),
    ),
  ],
  define: { __FLAGS_BASE__: JSON.stringify(`/${FLAGS_BASE}`) },
  build: {
    target: 'es2023',
    // Nothing inlined: the page runs under `default-src 'self'` without data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    manifest: true,
    rolldownOptions: {
      // Our packages only define things: what a page does not use of them (the schemas of the protocol) is left out.
      treeshake: { moduleSideEffects: [{ test: /[\\/]packages[\\/](domain|protocol)[\\/]src[\\/]/, sideEffects: false }] },
      output: {
        codeSplitting: {
          groups: [
            { name: 'vendor', test: VENDOR },
            // Else it goes with whatever imports a schema, used there or not.
            { name: 'schemas', test: /[\\/]node_modules[\\/]valibot[\\/]/ },
            { name: 'base', test: BASE },
            { name: 'list', test: LIST },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      '/api': { target: server, ws: true },
      '/foyer.js': server,
      '/demo': server,
      '/playground-frame': server,
    },
  },
});
