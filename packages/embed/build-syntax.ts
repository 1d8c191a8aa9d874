/** The little of a syntax tree that the build walks over. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

export const childrenOf = (node: Node): readonly (readonly [string, Node])[] =>
  Object.entries(node).flatMap(([key, value]) =>
    (Array.isArray(value) ? value : [value]).filter(isNode).map((child) => [key, child] as const),
  );
export const isFunction = ({ type }: Node): boolean => /Function/.test(type);

/** Every identifier of a node, those of fields left out: more than it declares, which is on the safe side. */
export function namesIn(node: Node, into: Set<string>): void {
  if (node.type === 'Identifier') into.add(node['name'] as string);
  for (const [key, child] of childrenOf(node))
    if (node['computed'] || !((node.type === 'MemberExpression' && key === 'property') || (node.type === 'Property' && key === 'key')))
      namesIn(child, into);
}
