import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from './source.ts';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const documents = globSync(['*.md', 'docs/**/*.md', 'packages/*/*.md'], { cwd: ROOT, exclude: ['**/node_modules/**'] });

it('[HS18] README.md names every npm script, and no other', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const named = [...read('README.md').matchAll(/npm (?:run )?((?<=run )[\w:-]+|start|test)/g)].map(([, name = '']) => name);
  expect([...new Set(named)].sort()).toEqual(Object.keys(scripts).sort());
  // In the table, each once.
  const table = [...read('README.md').matchAll(/^\| `npm (?:run )?([\w:-]+)` \|/gm)].map(([, name = '']) => name);
  expect(table.sort()).toEqual(Object.keys(scripts).sort());
});

it('[HS19] each word of the glossary stands there once, with a definition', () => {
  const lines = read('docs/glossary.md')
    .split('\n')
    .filter((line) => line.startsWith('- '));
  const entries = lines.map((line) => /^- \*\*([^*]+)\*\*: (\S.*\.)$/.exec(line));
  expect(lines.filter((_line, index) => entries[index] === null)).toEqual([]);
  const words = entries.map((entry) => entry?.[1]?.toLowerCase());
  expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
});

it.each(documents)('[HS19] links in %s lead to files that exist', (path) => {
  const targets = [...read(path).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)].map(([, target = '']) => target);
  expect(targets.filter((target) => !existsSync(join(ROOT, dirname(path), target)))).toEqual([]);
});
