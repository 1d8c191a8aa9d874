/** Writes small MaxMind DB files (format 2.0), so that tests can have databases of every shape. */
import { writeFileSync } from 'node:fs';
import { parseCidr } from '@foyer/domain/privacy';

export type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value };

export interface Content {
  readonly type?: string;
  readonly ipVersion?: 4 | 6;
  readonly builtAtS?: number;
  /** Network → record. */
  readonly networks: Readonly<Record<string, Value>>;
}

export function writeMmdb(path: string, content: Content): void {
  writeFileSync(path, mmdb(content));
}

interface Node {
  children: [Node | number | null, Node | number | null];
}

export function mmdb({ type = 'Test-City', ipVersion = 6, builtAtS = 1_750_000_000, networks }: Content): Buffer {
  const data: Buffer[] = [];
  const root: Node = { children: [null, null] };
  let size = 0;
  for (const [network, value] of Object.entries(networks)) {
    insert(root, bitsOf(network, ipVersion), size);
    const encoded = encode(value);
    data.push(encoded);
    size += encoded.length;
  }
  const nodes: Node[] = [root];
  for (const node of nodes) for (const child of node.children) if (typeof child === 'object' && child !== null) nodes.push(child);
  const numbers = new Map(nodes.map((node, i) => [node, i]));
  const tree = Buffer.alloc(nodes.length * 6);
  for (const [i, node] of nodes.entries()) {
    for (const side of [0, 1] as const) {
      const child = node.children[side];
      const pointer = child === null ? nodes.length : typeof child === 'number' ? nodes.length + 16 + child : (numbers.get(child) ?? 0);
      tree.writeUIntBE(pointer, i * 6 + side * 3, 3);
    }
  }
  const metadata = encode({
    binary_format_major_version: 2,
    binary_format_minor_version: 0,
    build_epoch: builtAtS,
    database_type: type,
    description: { en: type },
    ip_version: ipVersion,
    languages: ['en'],
    node_count: nodes.length,
    record_size: 24,
  });
  return Buffer.concat([tree, Buffer.alloc(16), ...data, Buffer.from('\u00ab\u00cd\u00efMaxMind.com', 'latin1'), metadata]);
}

function insert(root: Node, bits: string, value: number): void {
  let node = root;
  for (let i = 0; i < bits.length; i++) {
    const side = bits[i] === '1' ? 1 : 0;
    if (i === bits.length - 1) {
      node.children[side] = value;
      return;
    }
    const next = node.children[side];
    node = typeof next === 'object' && next !== null ? next : (node.children[side] = { children: [null, null] });
  }
}

function bitsOf(network: string, ipVersion: 4 | 6): string {
  const cidr = parseCidr(network);
  if (!cidr) throw new Error(`${network} is no network`);
  const bits = cidr.base.words
    .map((word) => word.toString(2).padStart(16, '0'))
    .join('')
    .slice(0, cidr.bits);
  return ipVersion === 6 && cidr.base.family === 4 ? '0'.repeat(96) + bits : bits;
}

function encode(value: Value): Buffer {
  if (typeof value === 'string') return sized(2, Buffer.byteLength(value), Buffer.from(value));
  if (typeof value === 'boolean') return sized(14, value ? 1 : 0);
  if (Array.isArray(value)) return Buffer.concat([sized(11, value.length), ...value.map(encode)]);
  if (typeof value === 'object') {
    const entries = Object.entries(value);
    return Buffer.concat([sized(7, entries.length), ...entries.flatMap(([key, item]) => [encode(key), encode(item as Value)])]);
  }
  const number = value as number;
  const eight = Buffer.alloc(8);
  if (Number.isInteger(number) && number >= 0) {
    eight.writeBigUInt64BE(BigInt(number));
    // unsigned 32 bit where it fits, else 64 bit
    return number < 2 ** 32 ? sized(6, 4, eight.subarray(4)) : sized(9, 8, eight);
  }
  eight.writeDoubleBE(number);
  return sized(3, 8, eight);
}

function sized(type: number, size: number, payload: Buffer = Buffer.alloc(0)): Buffer {
  if (size >= 285) throw new Error('a value of this length is not needed in tests');
  const low = size < 29 ? size : 29;
  const first = type <= 7 ? [(type << 5) | low] : [low, type - 7];
  return Buffer.concat([Buffer.from(first), Buffer.from(size < 29 ? [] : [size - 29]), payload]);
}
