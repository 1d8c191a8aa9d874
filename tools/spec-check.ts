/**
 * Holds SPEC.md and the tests together: every rule is named by a test's title, every title begins with rules that exist.
 * `node tools/spec-check.ts` prints what is wrong and exits 1, or prints the counts.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isNode, nodesOf, ROOT, type SourceFile, sourceFiles } from './source.ts';

export interface TestTitle {
  readonly where: string;
  /** What stands literally before the first `${}`; undefined when the title is not written where the test is. */
  readonly text: string | undefined;
}

/** Ids in the order of the document, repeats included. */
export function rulesOf(spec: string): string[] {
  return [...spec.matchAll(/^- \*\*([A-Z]{2}\d+)\*\*/gm)].map(([, id = '']) => id);
}

/** Titles of `it`, `test`, and their forms (`.each`, `.for`, `.skip`, `.concurrent` …); none for a file that does not use vitest. */
export function titlesOf(file: SourceFile): TestTitle[] {
  if (!/from 'vitest'/.test(file.text)) return [];
  const titles: TestTitle[] = [];
  for (const node of nodesOf(file)) {
    if (node.type !== 'CallExpression' || !Array.isArray(node['arguments']) || !isTestFunction(node['callee'], node['arguments'])) continue;
    const line = file.text.slice(0, Number(node['start'])).split('\n').length;
    titles.push({ where: `${file.path}:${line}`, text: literalText(node['arguments'][0]) });
  }
  return titles;
}

/** A call of it(title, body), or of what it.each(table) answers; not the it.each(table) inside. */
function isTestFunction(callee: unknown, args: readonly unknown[]): boolean {
  if (!isNode(callee)) return false;
  switch (callee.type) {
    case 'Identifier':
      return (callee['name'] === 'it' || callee['name'] === 'test') && args.length > 0;
    case 'MemberExpression': {
      const property = isNode(callee['property']) ? callee['property']['name'] : undefined;
      const isTable = property === 'each' || property === 'for' || property === 'runIf' || property === 'skipIf' || property === 'extend';
      return !isTable && isTestFunction(callee['object'], args);
    }
    case 'CallExpression':
      return isNode(callee['callee']) && callee['callee'].type === 'MemberExpression' && isTestFunction(callee['callee']['object'], args);
    case 'TaggedTemplateExpression':
      return isNode(callee['tag']) && callee['tag'].type === 'MemberExpression' && isTestFunction(callee['tag']['object'], args);
    default:
      return false;
  }
}

function literalText(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === 'Literal' && typeof node['value'] === 'string') return node['value'];
  if (node.type !== 'TemplateLiteral' || !Array.isArray(node['quasis'])) return undefined;
  const head: unknown = node['quasis'][0];
  return isNode(head) ? (head['value'] as { cooked: string }).cooked : undefined;
}

/** `[PR1]`, `[PR1][BD2]` and `[PR1, BD2]` at the beginning of a title. */
export function idsOf(title: string): string[] {
  const head = /^(\[[A-Z]{2}\d+(, ?[A-Z]{2}\d+)*\])+ /.exec(title)?.[0] ?? '';
  return head.match(/[A-Z]{2}\d+/g) ?? [];
}

/** What is wrong, as sentences; empty when SPEC.md and the tests agree. */
export function specProblems(spec: string, titles: readonly TestTitle[]): string[] {
  const rules = rulesOf(spec);
  const known = new Set(rules);
  const tested = new Set<string>();
  const problems = rules.filter((id, index) => rules.indexOf(id) !== index).map((id) => `SPEC.md: ${id} stands twice`);
  for (const { where, text } of titles) {
    const ids = text === undefined ? [] : idsOf(text);
    if (text === undefined) problems.push(`${where}: the title is not written here, so its rules cannot be read`);
    else if (ids.length === 0) problems.push(`${where}: "${text}" does not begin with a rule`);
    for (const id of ids) {
      if (!known.has(id)) problems.push(`${where}: there is no rule ${id} in SPEC.md`);
      tested.add(id);
    }
  }
  return [...problems, ...[...known].filter((id) => !tested.has(id)).map((id) => `SPEC.md: no test names ${id}`)];
}

if (import.meta.main) {
  const spec = readFileSync(join(ROOT, 'SPEC.md'), 'utf8');
  const titles = sourceFiles().flatMap(titlesOf);
  const problems = specProblems(spec, titles);
  process.stdout.write(problems.length > 0 ? `${problems.join('\n')}\n` : `${rulesOf(spec).length} rules, ${titles.length} test titles\n`);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
