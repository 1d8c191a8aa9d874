import { posix } from 'node:path';
import { isNode, isTestFile, nodesOf, type SourceFile } from './source.ts';

/** What the non-test files of a package may import, besides their own. `*`: the dependencies of its package.json that are not ours. */
const ARROWS: Record<string, readonly string[]> = {
  protocol: ['valibot'],
  domain: ['@foyer/protocol', '@foyer/protocol/link'],
  server: ['@foyer/domain', '@foyer/domain/*', '@foyer/protocol', '@foyer/protocol/link', 'node:*', '*'],
  embed: ['@foyer/protocol/link', '@foyer/domain/link', 'preact', 'preact/hooks', 'preact/jsx-runtime'],
  dashboard: [
    '@foyer/protocol',
    '@foyer/protocol/link',
    '@foyer/domain',
    '@foyer/domain/board',
    '@foyer/domain/chat',
    '@foyer/domain/link',
    '@foyer/domain/rules',
    '@foyer/domain/privacy',
    '*',
  ],
};

/** Tests may also use Node, what the workspace has for testing, and the protocol and the rules of chat to play the other side; the other arrows hold for them too. */
const TEST_EXTRAS = ['node:*', '@foyer/protocol', '@foyer/domain/chat', '*'];

/** What is wrong with the imports and the environment of one file under a package, as sentences; none when nothing is. */
export function violations(file: SourceFile): string[] {
  const [, owner = '', folder] = file.path.split('/');
  const allowed = ARROWS[owner];
  if (allowed === undefined) return [`${file.path}: package ${owner} has no row in the table of arrows`];
  if (folder !== 'src' && folder !== 'test') return [];
  const patterns = isTestFile(file.path) ? [...allowed, ...TEST_EXTRAS] : allowed;
  const found: string[] = [];
  for (const specifier of importsOf(file)) {
    if (specifier.startsWith('.')) {
      const target = posix.join(posix.dirname(file.path), specifier);
      if (!target.startsWith(`packages/${owner}/`)) found.push(`${file.path}: ${specifier} leaves the package`);
    } else if (!patterns.some((pattern) => matches(specifier, pattern))) {
      found.push(`${file.path}: ${owner} may not import ${specifier}`);
    }
  }
  if (!isTestFile(file.path) && file.path !== 'packages/server/src/config.ts' && readsEnvironment(file)) {
    found.push(`${file.path}: the environment is read in packages/server/src/config.ts only`);
  }
  return found;
}

function matches(specifier: string, pattern: string): boolean {
  if (pattern === '*') return !specifier.startsWith('@foyer/') && !specifier.startsWith('node:');
  return pattern.endsWith('*') ? specifier.startsWith(pattern.slice(0, -1)) : specifier === pattern;
}

/** Static and dynamic imports, re-exports, `import type` and `import('x').T`. */
function* importsOf(file: SourceFile): Generator<string> {
  for (const node of nodesOf(file)) {
    if (isNode(node['source']) && typeof node['source']['value'] === 'string') yield node['source']['value'];
  }
}

function readsEnvironment(file: SourceFile): boolean {
  for (const node of nodesOf(file)) {
    if (node.type === 'MemberExpression' && nameOf(node['property']) === 'env' && nameOf(node['object']) === 'process') return true;
    if (node.type === 'ImportDeclaration' && isNode(node['source']) && /^(node:)?process$/.test(String(node['source']['value'])))
      return true;
  }
  return false;
}

function nameOf(node: unknown): unknown {
  return isNode(node) ? (node['name'] ?? node['value']) : undefined;
}
