/** Functions of the top level that are named once become part of what names them: a minifier leaves them alone, and each costs its name twice. */
import { parseSync } from 'vite';
import { childrenOf, isFunction, namesIn, type Node } from './build-syntax.ts';

/** `code`: a program of `const name = (…) => …;` among other statements. What cannot be moved without a doubt stays where it is. */
export function inlineOnce(code: string): string {
  for (let text = code; ;) {
    const next = withOneInlined(text);
    if (next === null) return text;
    text = next;
  }
}

function withOneInlined(code: string): string | null {
  const program = parseSync('entry.js', code).program as unknown as Node;
  const uses = usesOf(program);
  for (const statement of program['body'] as Node[]) {
    const declared = statement.type === 'VariableDeclaration' ? (statement['declarations'] as Node[]) : [];
    const arrow = declared[0]?.['init'] as Node | undefined;
    if (declared.length !== 1 || arrow?.type !== 'ArrowFunctionExpression' || arrow['async']) continue;
    const use = uses.get((declared[0]!['id'] as Node)['name'] as string);
    if (use?.length !== 2) continue;
    const place = replacementOf(code, arrow, use[1]!);
    if (!place || place.start < statement.end) continue;
    return code.slice(0, statement.start) + code.slice(statement.end, place.start) + place.text + code.slice(place.end);
  }
  return null;
}

/** Each identifier with where it stands: the nodes around it, outermost first, itself last. */
function usesOf(program: Node): Map<string, Node[][]> {
  const uses = new Map<string, Node[][]>();
  const visit = (node: Node, around: Node[]): void => {
    const path = [...around, node];
    if (node.type === 'Identifier') uses.set(node['name'] as string, [...(uses.get(node['name'] as string) ?? []), path]);
    for (const [key, child] of childrenOf(node)) {
      const isName =
        !node['computed'] && ((node.type === 'MemberExpression' && key === 'property') || (node.type === 'Property' && key === 'key'));
      // `{a}` names `a` once, as its value.
      if (!isName || (node['shorthand'] && key !== 'key')) visit(child, path);
    }
  };
  visit(program, []);
  return uses;
}

function replacementOf(code: string, arrow: Node, path: Node[]): { start: number; end: number; text: string } | null {
  const [outer, parent, use] = path.slice(-3) as [Node, Node, Node];
  const inside = path.find(isFunction);
  const source = (node: Node): string => code.slice(node.start, node.end);
  const isCalled = parent.type === 'CallExpression' && parent['callee'] === use;
  if (!isCalled) {
    // Made anew with each call of what is around it, it would be another function each time.
    if (inside) return null;
    return { start: use.start, end: use.end, text: parent['shorthand'] ? `${source(use)}: ${source(arrow)}` : `(${source(arrow)})` };
  }
  const [params, args, body] = [arrow['params'] as Node[], parent['arguments'] as Node[], arrow['body'] as Node];
  // `f({…})` of constants, where `f` has one use for each of them: they go where they are used.
  if (body.type !== 'BlockStatement' && params.length > 0 && params.length === args.length && args.every(isConstant)) {
    const uses = usesOf(body);
    const places = params.map((param) => (param.type === 'Identifier' ? uses.get(param['name'] as string) : undefined));
    if (!places.every((at) => at?.length === 1 && !at[0]!.some(isFunction))) return null;
    let text = source(body);
    for (const [i, at] of [...places.entries()].sort(([, a], [, b]) => b![0]!.at(-1)!.start - a![0]!.at(-1)!.start)) {
      const [around, name] = at![0]!.slice(-2) as [Node, Node];
      const by = around['shorthand'] ? `${source(name)}: ${source(args[i]!)}` : source(args[i]!);
      text = text.slice(0, name.start - body.start) + by + text.slice(name.end - body.start);
    }
    return { start: parent.start, end: parent.end, text: `(${text})` };
  }
  if (params.length !== args.length || params.some(({ type }) => type !== 'Identifier') || !inside) return null;
  const own = new Set<string>();
  namesIn(arrow, own);
  const around = new Set<string>();
  declaredIn(inside, around);
  // The same word for two things: its parameter may be called as what it is given, and nothing else may.
  for (const [i, param] of params.entries()) if (source(args[i]!) === param['name']) own.delete(param['name'] as string);
  if ([...own].some((name) => around.has(name))) return null;
  const given = params
    .map((param, i) => (source(args[i]!) === param['name'] ? '' : `let ${String(param['name'])} = ${source(args[i]!)};`))
    .join('');
  if (body.type !== 'BlockStatement') return params.length ? null : { start: parent.start, end: parent.end, text: `(${source(body)})` };
  const last = (body['body'] as Node[]).at(-1)!;
  const returns = source(body).match(/\breturn\b/g)?.length ?? 0;
  const statement = path.at(-4);
  // `const a = f();` where f ends with its only return: what comes before it comes before.
  if (
    outer.type === 'VariableDeclarator' &&
    statement?.type === 'VariableDeclaration' &&
    returns === 1 &&
    last.type === 'ReturnStatement' &&
    !given
  ) {
    const value = source(last['argument'] as Node);
    return {
      start: statement.start,
      end: statement.end,
      text: `${code.slice(body.start + 1, last.start)}const ${source(outer['id'] as Node)} = ${value};`,
    };
  }
  if (outer.type !== 'ExpressionStatement' || returns > 0) return null;
  return { start: outer.start, end: outer.end, text: `{${given}${source(body)}}` };
}

/** Every name that is declared anywhere in a function. */
function declaredIn(node: Node, into: Set<string>): void {
  for (const [key, child] of childrenOf(node)) {
    if ((isFunction(node) && key === 'params') || (node.type === 'VariableDeclarator' && key === 'id')) namesIn(child, into);
    declaredIn(child, into);
  }
}

function isConstant(node: Node): boolean {
  if (node.type === 'ObjectExpression')
    return (node['properties'] as Node[]).every((one) => one.type === 'Property' && isConstant(one['value'] as Node));
  return node.type === 'Literal';
}
