/**
 * The options of a server: one table that parses flags and environment, and writes `--help` and docs/operate.md.
 * The only file that reads `process.env`. A flag wins over its variable, a variable over the default.
 */
import { fail, ok, type Result } from '@foyer/domain';
import { parseCidr } from '@foyer/domain/privacy';
import * as v from 'valibot';

const text = v.pipe(v.string(), v.trim());
const whole = (min: number, max: number) =>
  v.pipe(
    v.string(),
    v.regex(/^\d+$/, 'a whole number is needed'),
    v.transform(Number),
    v.minValue(min, `at least ${min}`),
    v.maxValue(max, `at most ${max}`),
  );
const publicUrl = v.union(
  [
    v.literal(''),
    v.pipe(
      text,
      v.check((url) => /^https?:\/\/[^/?#\s@]+\/?$/.test(url) && URL.canParse(url), 'http(s)://host[:port] without a path is needed'),
      v.transform((url) => new URL(url).origin),
    ),
  ],
  'http(s)://host[:port] without a path is needed',
);
const embedPath = v.pipe(
  text,
  v.regex(/^(\/[\w-][\w.-]*)+$/, 'a path like /foyer.js is needed'),
  v.check((path) => !/^\/((api|healthz|readyz|metrics)(\/|$)|assets$)/.test(path), 'this path is used by the server itself'),
);
const proxies = v.pipe(
  text,
  v.transform((list) => list.split(/[\s,]+/).filter((entry) => entry !== '')),
  v.check(
    (list) => isHopCount(list) || list.every((entry) => entry === 'loopback' || entry === 'private' || parseCidr(entry) !== null),
    'addresses, CIDR ranges, `loopback` or `private`, separated by commas, or a number of proxies are needed',
  ),
);

function isHopCount(list: readonly string[]): boolean {
  return list.length === 1 && /^[1-9]\d?$/.test(list[0] ?? '');
}

/** Schemas take text, as flags and variables do; what they answer is the option's type. */
const TABLE = {
  port: {
    env: 'PORT',
    flag: 'port',
    value: '<number>',
    schema: whole(0, 65_535),
    default: '8080',
    about: 'Port to listen on; 0 takes a free one.',
  },
  host: {
    env: 'HOST',
    flag: 'host',
    value: '<address>',
    schema: text,
    default: '',
    about: 'Address to listen on; empty: every address of the machine.',
  },
  data: {
    env: 'FOYER_DATA',
    flag: 'data',
    value: '<folder>',
    schema: v.pipe(text, v.minLength(1)),
    default: './data',
    about: 'Folder of the databases and of what is sent in chats. One server at a time; back up this folder.',
  },
  publicUrl: {
    env: 'FOYER_PUBLIC_URL',
    flag: 'public-url',
    value: '<url>',
    schema: publicUrl,
    default: '',
    about:
      'Where browsers reach this server, such as https://foyer.example.com. Makes the snippet, links and secure cookies. Empty: the address of each request.',
  },
  embedPath: {
    env: 'FOYER_EMBED_PATH',
    flag: 'embed-path',
    value: '<path>',
    schema: embedPath,
    default: '/foyer.js',
    about: 'Path of the tracker script and of everything it talks to, so that a site can serve it as its own.',
  },
  trustProxy: {
    env: 'FOYER_TRUST_PROXY',
    flag: 'trust-proxy',
    value: '<list>',
    schema: proxies,
    default: '',
    about:
      'Proxies whose X-Forwarded-For and X-Forwarded-Proto are believed: addresses, CIDR ranges, `loopback`, `private`, separated by commas; or how many stand in front. Empty: none.',
  },
  geoipDb: {
    env: 'FOYER_GEOIP_DB',
    flag: 'geoip-db',
    value: '<file>',
    schema: text,
    default: '',
    about: 'City database (.mmdb) to use in place of the built-in one; read again when the file changes.',
  },
  logLevel: {
    env: 'FOYER_LOG_LEVEL',
    flag: 'log-level',
    value: '<level>',
    schema: v.picklist(
      ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'],
      'one of trace, debug, info, warn, error, fatal, silent is needed',
    ),
    default: 'info',
    about: 'Least level that is logged: trace, debug, info, warn, error, fatal or silent.',
  },
  retryMinMs: {
    env: 'FOYER_RETRY_MIN_MS',
    flag: 'retry-min-ms',
    value: '<ms>',
    schema: whole(0, 3_600_000),
    default: '500',
    about: 'After a server death tabs and consoles come back at a random time from this…',
  },
  retryMaxMs: {
    env: 'FOYER_RETRY_MAX_MS',
    flag: 'retry-max-ms',
    value: '<ms>',
    schema: whole(1, 3_600_000),
    default: '5000',
    about: '…to this. Raise it with the number of visitors: 12,000 handshakes take a core about one second.',
  },
  maxSockets: {
    env: 'FOYER_MAX_SOCKETS',
    flag: 'max-sockets',
    value: '<number>',
    schema: whole(0, 10_000_000),
    default: '0',
    about: 'Visitor sockets taken at once; 0: as many as the process may open files.',
  },
  sessionDays: {
    env: 'FOYER_SESSION_DAYS',
    flag: 'session-days',
    value: '<days>',
    schema: whole(1, 365),
    default: '30',
    about: 'A sign-in that is not used for this long ends.',
  },
  metricsToken: {
    env: 'FOYER_METRICS_TOKEN',
    flag: 'metrics-token',
    value: '<token>',
    schema: text,
    default: '',
    about: 'Bearer token that GET /metrics asks for. Empty: only loopback and private addresses that come without a proxy may read it.',
  },
} as const satisfies Record<string, Option>;

interface Option {
  readonly env: string;
  readonly flag: string;
  readonly value: string;
  readonly schema: v.GenericSchema<string, unknown>;
  /** As it would be typed. */
  readonly default: string;
  readonly about: string;
}

export type Config = { readonly [Name in keyof typeof TABLE]: v.InferOutput<(typeof TABLE)[Name]['schema']> };
const OPTIONS: Readonly<Record<string, Option>> = TABLE;

export type Loaded =
  | {
      readonly kind: 'run';
      readonly config: Config /** To be logged: variables that look like ours and are not. */;
      readonly warnings: readonly string[];
    }
  | { readonly kind: 'help'; readonly text: string };

/** Refusal: every problem at once, one sentence each. */
export function loadConfig(
  argv: readonly string[] = process.argv.slice(2),
  env: Readonly<Record<string, string | undefined>> = process.env,
): Result<Loaded, readonly string[]> {
  const flags = readFlags(argv);
  if (flags.help) return ok({ kind: 'help', text: helpText() });

  const problems = [...flags.problems];
  const config: Record<string, unknown> = {};
  for (const [name, option] of Object.entries(OPTIONS)) {
    const fromFlag = flags.values.get(option.flag);
    const fromEnv = env[option.env] || undefined;
    const given = fromFlag ?? fromEnv ?? option.default;
    const parsed = v.safeParse(option.schema, given);
    if (parsed.success) config[name] = parsed.output;
    else problems.push(`${fromFlag === undefined ? option.env : `--${option.flag}`}=${shown(name, given)}: ${parsed.issues[0].message}`);
  }
  const { retryMinMs, retryMaxMs } = config;
  if (typeof retryMinMs === 'number' && typeof retryMaxMs === 'number' && retryMinMs > retryMaxMs) {
    problems.push(`FOYER_RETRY_MIN_MS=${retryMinMs}: must not be above FOYER_RETRY_MAX_MS (${retryMaxMs})`);
  }
  if (problems.length > 0) return fail(problems);
  return ok({ kind: 'run', config: config as Config, warnings: unknownVariables(env) });
}

/** Where people are told to go: the public URL, or this machine. */
export function addressOf(config: Pick<Config, 'publicUrl'>, port: number): string {
  return config.publicUrl === '' ? `http://localhost:${port}` : config.publicUrl;
}

export function helpText(): string {
  const rows = Object.values(OPTIONS).map((option) => ({ left: `  --${option.flag} ${option.value}`, option }));
  const width = Math.max(...rows.map((row) => row.left.length)) + 2;
  const lines = rows.flatMap(({ left, option }) => [
    `${left.padEnd(width)}${option.about}`,
    `${' '.repeat(width)}${option.env}${option.default === '' ? '' : `, default ${option.default}`}`,
  ]);
  return ['Usage: npm start -- [options]', '', ...lines, `${'  --help'.padEnd(width)}Prints this.`, ''].join('\n');
}

/** The options as a Markdown table, for docs/operate.md. */
export function optionsTable(): string {
  const rows = Object.values(OPTIONS).map(
    (option) => `| \`${option.env}\` | \`--${option.flag}\` | ${option.default === '' ? '' : `\`${option.default}\``} | ${option.about} |`,
  );
  return ['| Variable | Flag | Default | What it does |', '|---|---|---|---|', ...rows].join('\n');
}

function readFlags(argv: readonly string[]): { help: boolean; values: Map<string, string>; problems: string[] } {
  const known = new Map(Object.values(OPTIONS).map((option) => [option.flag, option]));
  const values = new Map<string, string>();
  const problems: string[] = [];
  let help = false;
  for (let i = 0; i < argv.length; i++) {
    const arg = argv[i] ?? '';
    if (arg === '--help' || arg === '-h') {
      help = true;
      continue;
    }
    const match = /^--([^=]+)(?:=(.*))?$/s.exec(arg);
    const flag = match?.[1];
    if (flag === undefined || !known.has(flag)) {
      problems.push(`${arg}: no such option${hint(flag ?? arg, [...known.keys()], '--')}; --help lists them`);
      continue;
    }
    const next = argv[i + 1];
    const value = match?.[2] ?? (next === undefined || next.startsWith('--') ? undefined : argv[++i]);
    if (value === undefined) problems.push(`--${flag}: a value is needed, ${known.get(flag)?.value ?? ''}`);
    else values.set(flag, value);
  }
  return { help, values, problems };
}

function unknownVariables(env: Readonly<Record<string, string | undefined>>): string[] {
  const known = Object.values(OPTIONS).map((option) => option.env);
  return Object.keys(env)
    .filter((name) => name.startsWith('FOYER_') && !known.includes(name))
    .sort()
    .map((name) => `${name} is set, and no option reads it${hint(name, known, '')}`);
}

function hint(wrong: string, known: readonly string[], prefix: string): string {
  const plain = (name: string) => name.toLowerCase().replace(/[^a-z]/g, '');
  const near = known.find((name) => plain(name) === plain(wrong) || distance(plain(name), plain(wrong)) <= 2);
  return near === undefined ? '' : ` (did you mean ${prefix}${near}?)`;
}

/** Levenshtein, for names of a few dozen letters. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** A token never appears in an error. */
function shown(name: string, value: string): string {
  return name === 'metricsToken' ? '…' : JSON.stringify(value);
}
