/** Declarations put in an order in which gzip finds more repetition: a search like that for names. */
import { gzipSync } from 'node:zlib';
import { parseSync } from 'vite';
import { isFunction, type Node } from './build-syntax.ts';
import { seeded } from './build-names.ts';

const TRIES = 40_000;

/**
 * The same program with the declarations of `try{(()=>{let a=…,b=…;…})()}catch{}` in another order.
 *
 * Only what does nothing when it is declared (a function, a constant, an empty variable) changes its place, and only up to the next
 * declaration that does something: whatever runs while the script loads finds the same things declared as before.
 * The same input gives the same output.
 */
export function shortOrder(code: string): string {
  const list = declarationsOf(code);
  if (list.length === 0) return code;
  const [start, end] = [list[0]!.start, list.at(-1)!.end];
  const runs = runsOf(list);
  const texts = list.map((node) => code.slice(node.start, node.end));
  const render = (): string => code.slice(0, start) + texts.join(',') + code.slice(end);
  const size = (): number => gzipSync(render(), { level: 9 }).length;
  const random = seeded(11);
  const below = (n: number): number => Math.floor(random() * n);

  let best = size();
  for (let tries = 0; tries < TRIES; tries++) {
    const { from, count } = runs[below(runs.length)]!;
    const [at, to] = [from + below(count), from + below(count)];
    move(texts, at, to);
    const now = size();
    if (now <= best) best = now;
    else move(texts, to, at);
  }
  return render();
}

function move(texts: string[], from: number, to: number): void {
  const [text] = texts.splice(from, 1);
  texts.splice(to, 0, text!);
}

/** Of the first `let` inside the outermost function. */
function declarationsOf(code: string): readonly Node[] {
  const visit = (node: Node): readonly Node[] => {
    if (isFunction(node)) {
      const first = ((node['body'] as Node)['body'] as Node[])[0]!;
      return first.type === 'VariableDeclaration' ? (first['declarations'] as Node[]) : [];
    }
    for (const value of Object.values(node)) {
      for (const child of Array.isArray(value) ? value : [value]) {
        if (typeof child !== 'object' || child === null || typeof (child as Node).type !== 'string') continue;
        const found = visit(child as Node);
        if (found.length > 0) return found;
      }
    }
    return [];
  };
  return visit(parseSync('entry.js', code).program as unknown as Node);
}

/** Neighbours that may change places, two at least. */
function runsOf(list: readonly Node[]): { from: number; count: number }[] {
  const runs: { from: number; count: number }[] = [];
  for (let i = 0; i < list.length; i++) {
    const from = i;
    while (i < list.length && isInert(list[i]!['init'] as Node | null)) i++;
    if (i - from > 1) runs.push({ from, count: i - from });
  }
  return runs;
}

/** Nothing happens when it is evaluated, and nothing else has to be there for it. */
function isInert(node: Node | null): boolean {
  if (node === null || isFunction(node) || node.type === 'Literal') return true;
  if (node.type === 'TemplateLiteral') return (node['expressions'] as Node[]).length === 0;
  if (node.type === 'ArrayExpression') return (node['elements'] as Node[]).every(isInert);
  return (
    node.type === 'ObjectExpression' &&
    (node['properties'] as Node[]).every((one) => one.type === 'Property' && isInert(one['value'] as Node))
  );
}
