import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';

export const ROOT = join(import.meta.dirname, '..');

/** A node of the syntax tree (ESTree with TypeScript's nodes), looked at field by field. */
export interface SyntaxNode {
  readonly type: string;
  readonly [field: string]: unknown;
}

export interface SourceFile {
  /** From the root, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** Every TypeScript file that people write, sorted; what is built or installed is left out. */
export function sourceFiles(root = ROOT): SourceFile[] {
  const paths = globSync(['packages/*/{src,test}/**/*.{ts,tsx}', 'packages/*/*.ts', '{tools,bench,e2e}/**/*.{ts,tsx}'], { cwd: root });
  return paths.sort().map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

/** Answers whether a file exists for tests only: those, the contracts and kits that they share, and the programs that they run. */
export function isTestFile(path: string): boolean {
  return /\.(test|contract|testkit)\.tsx?$|\/(test|testdata)\//.test(path);
}

/** All nodes of a file, parents first. Throws when the file does not parse. */
export function* nodesOf(file: SourceFile): Generator<SyntaxNode> {
  const { program, errors } = parseSync(file.path, file.text);
  if (errors[0] !== undefined) throw new Error(`${file.path}: ${errors[0].message}`);
  yield* walk(program);
}

function* walk(value: unknown): Generator<SyntaxNode> {
  if (Array.isArray(value)) {
    for (const item of value) yield* walk(item);
  } else if (isNode(value)) {
    yield value;
    for (const field of Object.values(value)) yield* walk(field);
  }
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
