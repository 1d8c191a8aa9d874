import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

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

const server = process.env['FOYER_DEV_SERVER'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react(), flags(), preloadFirst()],
  define: { __FLAGS_BASE__: JSON.stringify(`/${FLAGS_BASE}`) },
  build: {
    target: 'es2023',
    // Nothing inlined: the page runs under `default-src 'self'` without data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    manifest: true,
  },
  server: {
    proxy: {
      '/api': { target: server, ws: true },
      '/foyer.js': server,
      '/demo': server,
    },
  },
});
