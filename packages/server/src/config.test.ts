import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { addressOf, type Config, helpText, loadConfig, optionsTable } from './config.ts';

const load = (argv: string[], env: Record<string, string> = {}) => loadConfig(argv, env);
function configOf(argv: string[], env: Record<string, string> = {}): Config {
  const loaded = load(argv, env);
  if (!loaded.ok || loaded.value.kind !== 'run') throw new Error(JSON.stringify(loaded));
  return loaded.value.config;
}
const problemsOf = (argv: string[], env: Record<string, string> = {}) => {
  const loaded = load(argv, env);
  return loaded.ok ? [] : loaded.error;
};

test('[AP20] nothing given is the defaults', () => {
  expect(configOf([])).toEqual({
    port: 8080,
    host: '',
    data: './data',
    publicUrl: '',
    embedPath: '/foyer.js',
    trustProxy: [],
    geoipDb: '',
    logLevel: 'info',
    retryMinMs: 500,
    retryMaxMs: 5_000,
    maxSockets: 0,
    sessionDays: 30,
    metricsToken: '',
  });
});

test('[AP20] a flag wins over its variable, a variable over the default, and an empty variable is none', () => {
  expect(
    configOf(['--port', '9000', '--data=/var/foyer'], {
      PORT: '8000',
      FOYER_DATA: '/tmp',
      FOYER_LOG_LEVEL: 'warn',
      FOYER_RETRY_MIN_MS: '',
    }),
  ).toMatchObject({
    port: 9000,
    data: '/var/foyer',
    logLevel: 'warn',
    retryMinMs: 500,
  });
});

test('[AP20] values become what they mean', () => {
  expect(
    configOf([], {
      FOYER_PUBLIC_URL: 'https://Foyer.Example:443/',
      FOYER_TRUST_PROXY: 'loopback, 10.0.0.0/8  2001:db8::/32',
      FOYER_EMBED_PATH: '/js/hi.js',
    }),
  ).toMatchObject({
    publicUrl: 'https://foyer.example',
    trustProxy: ['loopback', '10.0.0.0/8', '2001:db8::/32'],
    embedPath: '/js/hi.js',
  });
  expect(configOf([], { FOYER_TRUST_PROXY: '2' }).trustProxy).toEqual(['2']);
  expect(configOf([], { FOYER_EMBED_PATH: '/assets/hi.js' }).embedPath).toBe('/assets/hi.js');
});

test.each([
  [{ PORT: 'http' }, 'PORT="http": a whole number is needed'],
  [{ PORT: '65536' }, 'PORT="65536": at most 65535'],
  [{ FOYER_PUBLIC_URL: 'foyer.example' }, 'FOYER_PUBLIC_URL="foyer.example": http(s)://host[:port] without a path is needed'],
  [
    { FOYER_PUBLIC_URL: 'https://foyer.example/chat' },
    'FOYER_PUBLIC_URL="https://foyer.example/chat": http(s)://host[:port] without a path is needed',
  ],
  [{ FOYER_EMBED_PATH: 'foyer.js' }, 'FOYER_EMBED_PATH="foyer.js": a path like /foyer.js is needed'],
  [{ FOYER_EMBED_PATH: '/a/../foyer.js' }, 'FOYER_EMBED_PATH="/a/../foyer.js": a path like /foyer.js is needed'],
  [{ FOYER_EMBED_PATH: '/assets' }, 'FOYER_EMBED_PATH="/assets": this path is used by the server itself'],
  [{ FOYER_EMBED_PATH: '/api/foyer.js' }, 'FOYER_EMBED_PATH="/api/foyer.js": this path is used by the server itself'],
  [
    { FOYER_TRUST_PROXY: 'nginx' },
    'FOYER_TRUST_PROXY="nginx": addresses, CIDR ranges, `loopback` or `private`, separated by commas, or a number of proxies are needed',
  ],
  [{ FOYER_LOG_LEVEL: 'loud' }, 'FOYER_LOG_LEVEL="loud": one of trace, debug, info, warn, error, fatal, silent is needed'],
  [{ FOYER_RETRY_MIN_MS: '9000' }, 'FOYER_RETRY_MIN_MS=9000: must not be above FOYER_RETRY_MAX_MS (5000)'],
])('[AP20] %j is refused with its reason', (env, problem) => {
  expect(problemsOf([], env as Record<string, string>)).toEqual([problem]);
});

test('[AP20] every problem is told at once, flags that are none with the likely name', () => {
  expect(problemsOf(['--prot', '80', '--port=x', '--data', '--host'], { FOYER_SESSION_DAYS: '0' })).toEqual([
    '--prot: no such option (did you mean --port?); --help lists them',
    '80: no such option; --help lists them',
    '--data: a value is needed, <folder>',
    '--host: a value is needed, <address>',
    '--port="x": a whole number is needed',
    'FOYER_SESSION_DAYS="0": at least 1',
  ]);
});

test('[AP20] a FOYER_ variable that is no option is warned of, and starts all the same', () => {
  expect(load([], { FOYER_TRUSTPROXY: 'loopback', FOYER_COLOUR: 'red', PATH: '/bin', HOME: '/' })).toMatchObject({
    ok: true,
    value: {
      warnings: [
        'FOYER_COLOUR is set, and no option reads it',
        'FOYER_TRUSTPROXY is set, and no option reads it (did you mean FOYER_TRUST_PROXY?)',
      ],
    },
  });
});

test('[AP20] the address to open is the public one, else this machine', () => {
  expect(addressOf({ publicUrl: 'https://foyer.example' }, 8080)).toBe('https://foyer.example');
  expect(addressOf({ publicUrl: '' }, 8081)).toBe('http://localhost:8081');
});

test('[AP21] --help prints every option, and nothing else is looked at', () => {
  expect(load(['--nonsense', '--help'])).toEqual({ ok: true, value: { kind: 'help', text: helpText() } });
  expect(helpText()).toMatchInlineSnapshot(`
    "Usage: npm start -- [options]

      --port <number>          Port to listen on; 0 takes a free one.
                               PORT, default 8080
      --host <address>         Address to listen on; empty: every address of the machine.
                               HOST
      --data <folder>          Folder of the databases and of what is sent in chats. One server at a time; back up this folder.
                               FOYER_DATA, default ./data
      --public-url <url>       Where browsers reach this server, such as https://foyer.example.com. Makes the snippet, links and secure cookies. Empty: the address of each request.
                               FOYER_PUBLIC_URL
      --embed-path <path>      Path of the tracker script and of everything it talks to, so that a site can serve it as its own.
                               FOYER_EMBED_PATH, default /foyer.js
      --trust-proxy <list>     Proxies whose X-Forwarded-For and X-Forwarded-Proto are believed: addresses, CIDR ranges, \`loopback\`, \`private\`, separated by commas; or how many stand in front. Empty: none.
                               FOYER_TRUST_PROXY
      --geoip-db <file>        City database (.mmdb) to use in place of the built-in one; read again when the file changes.
                               FOYER_GEOIP_DB
      --log-level <level>      Least level that is logged: trace, debug, info, warn, error, fatal or silent.
                               FOYER_LOG_LEVEL, default info
      --retry-min-ms <ms>      After a server death tabs and consoles come back at a random time from this…
                               FOYER_RETRY_MIN_MS, default 500
      --retry-max-ms <ms>      …to this. Raise it with the number of visitors: 12,000 handshakes take a core about one second.
                               FOYER_RETRY_MAX_MS, default 5000
      --max-sockets <number>   Visitor sockets taken at once; 0: as many as the process may open files.
                               FOYER_MAX_SOCKETS, default 0
      --session-days <days>    A sign-in that is not used for this long ends.
                               FOYER_SESSION_DAYS, default 30
      --metrics-token <token>  Bearer token that GET /metrics asks for. Empty: only loopback and private addresses that come without a proxy may read it.
                               FOYER_METRICS_TOKEN
      --help                   Prints this.
    "
  `);
});

test('[AP21] docs/operate.md has the table that the options write', async () => {
  const path = new URL('../../../docs/operate.md', import.meta.url).pathname;
  const [before, rest = ''] = readFileSync(path, 'utf8').split('<!-- options -->');
  const [, after] = rest.split('<!-- /options -->');
  await expect(`${before}<!-- options -->\n\n${optionsTable()}\n\n<!-- /options -->${after}`).toMatchFileSnapshot(path);
});
