import { isNode, nodesOf, type SourceFile, type SyntaxNode } from './source.ts';

/** Attributes whose value people read or hear, on elements and on our own components. */
const READ = new Set([
  'aria-description',
  'aria-label',
  'aria-placeholder',
  'aria-roledescription',
  'aria-valuetext',
  'alt',
  'buttonLabel',
  'hint',
  'label',
  'none',
  'placeholder',
  'text',
  'title',
  'word',
]);
/** Attributes that hold several words which nobody reads. */
const NOT_READ = new Set([
  'aria-keyshortcuts',
  'autoComplete',
  'className',
  'content',
  'd',
  'points',
  'rel',
  'sizes',
  'transform',
  'viewBox',
]);

const LETTERS = /\p{L}/u;
/** Two words, the first of which begins like a sentence: `Sign in`, but not `button button-sm`. */
const SENTENCE = /(^|[.:·!?…] )\p{Lu}\p{Ll}*[,.]? \p{L}+/u;

/**
 * Texts written into a TSX file instead of the catalogue, as sentences with their place; none when there is none. A text is what stands
 * between tags or in an attribute that people read, in whatever expression, and any literal that looks like a sentence.
 */
export function writtenTexts(file: SourceFile): string[] {
  const found = new Map<number, string>();
  const note = (node: SyntaxNode, text: string): void => {
    const start = Number(node['start'] ?? 0);
    found.set(
      start,
      `${file.path}:${file.text.slice(0, start).split('\n').length}: ${JSON.stringify(text.trim())} belongs in the catalogue`,
    );
  };
  const skipped = new Set<unknown>();
  for (const node of nodesOf(file)) {
    if (skipped.has(node)) continue;
    if (node.type === 'ImportDeclaration' || node.type === 'ImportExpression') for (const child of nodesBelow(node)) skipped.add(child);
    if (node.type === 'JSXText' && LETTERS.test(String(node['value']))) note(node, String(node['value']));
    if (node.type === 'JSXAttribute' && isNode(node['name'])) {
      const name = String(node['name']['name']);
      if (NOT_READ.has(name) || name.startsWith('data-')) for (const child of nodesBelow(node)) skipped.add(child);
      else if (READ.has(name)) for (const [literal, text] of shown(node['value'])) if (LETTERS.test(text)) note(literal, text);
    }
    if (node.type === 'JSXElement' || node.type === 'JSXFragment') {
      const children = Array.isArray(node['children']) ? (node['children'] as unknown[]) : [];
      for (const child of children)
        if (isNode(child) && child.type === 'JSXExpressionContainer')
          for (const [literal, text] of shown(child['expression'])) if (LETTERS.test(text)) note(literal, text);
    }
    for (const [literal, text] of ownText(node)) if (SENTENCE.test(text)) note(literal, text);
  }
  return [...found.values()];
}

/** The literals that an expression may come to: through `a ? b : c`, `a && b`, templates and sums, not into calls and elements. */
function* shown(value: unknown): Generator<[SyntaxNode, string]> {
  if (!isNode(value)) return;
  yield* ownText(value);
  const parts: Readonly<Record<string, readonly string[]>> = {
    JSXExpressionContainer: ['expression'],
    ConditionalExpression: ['consequent', 'alternate'],
    LogicalExpression: ['left', 'right'],
    BinaryExpression: ['left', 'right'],
    ParenthesizedExpression: ['expression'],
    TSAsExpression: ['expression'],
  };
  // `a === 'b'` compares; only a sum of texts is a text.
  if (value.type === 'BinaryExpression' && value['operator'] !== '+') return;
  for (const field of parts[value.type] ?? []) yield* shown(value[field]);
}

function* ownText(node: SyntaxNode): Generator<[SyntaxNode, string]> {
  if (node.type === 'Literal' && typeof node['value'] === 'string') yield [node, node['value']];
  if (node.type !== 'TemplateLiteral' || !Array.isArray(node['quasis'])) return;
  for (const part of node['quasis'] as unknown[]) {
    if (!isNode(part)) continue;
    const { cooked } = part['value'] as { readonly cooked?: string };
    yield [part, cooked ?? ''];
  }
}

function* nodesBelow(node: SyntaxNode): Generator<SyntaxNode> {
  for (const value of Object.values(node))
    for (const one of [value].flat())
      if (isNode(one)) {
        yield one;
        yield* nodesBelow(one);
      }
}
