import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

interface Package {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
}

/** Folder and manifest of the package a bundled module comes from; null for our own. */
function packageOf(moduleId: string): { folder: string; manifest: Package } | null {
  if (!/[\\/]node_modules[\\/]/.test(moduleId)) return null;
  for (let folder = dirname(moduleId.replace(/^\0/, '').split('?')[0] ?? ''); folder !== dirname(folder); folder = dirname(folder)) {
    const file = join(folder, 'package.json');
    if (!existsSync(file)) continue;
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as Partial<Package>;
    if (manifest.name && manifest.version) return { folder, manifest: manifest as Package };
  }
  return null;
}

/** Writes `licences.txt`: the licence of every package whose code or fonts the build holds, as MIT, BSD and OFL ask of whoever passes them on. */
export function licences(also: readonly string[]): Plugin {
  return {
    name: 'foyer-licences',
    generateBundle(_options, bundle) {
      const texts = new Map<string, string>();
      const add = (moduleId: string): void => {
        const found = packageOf(moduleId);
        if (!found) return;
        const { folder, manifest } = found;
        const title = `${manifest.name} ${manifest.version} (${manifest.license ?? 'see below'})`;
        if (texts.has(title)) return;
        const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
        texts.set(title, files.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n'));
      };
      for (const chunk of Object.values(bundle)) if (chunk.type === 'chunk') chunk.moduleIds.forEach(add);
      also.forEach(add);
      const source = [...texts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([title, text]) => `${title}\n\n${text}\n`);
      this.emitFile({ type: 'asset', fileName: 'licences.txt', source: source.join(`\n${'-'.repeat(80)}\n\n`) });
    },
  };
}
