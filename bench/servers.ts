import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SERVER_FLAGS } from '../tools/bootstrap/runtime.mjs';
import { signIn } from '../tools/swarm/sign-in.ts';

export const LOGIN = { email: 'bench@foyer.test', password: 'bench-password' };

/** A server in a process of its own, as an operator would run it, with limits on. */
export interface ServerUnderTest {
  readonly pid: number;
  readonly url: string;
  readonly siteKey: string;
  /** Ends the process and removes its data. */
  stop(): Promise<void>;
}

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** The first match in what the process prints; throws when it ends without one. */
function printed(child: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const match = pattern.exec(text);
      if (match) resolve(match);
    });
    child.once('exit', (code) => reject(new Error(`a server ended with ${code} before it was ready:\n${text}`)));
  });
}

const running = new Set<() => Promise<void>>();

/** Ends every server that this process has started: for when it is told to end itself. */
export async function stopServers(): Promise<void> {
  await Promise.all([...running].map((stop) => stop()));
}

/** What ends the process and then clears up after it; at most once. */
function ender(child: ChildProcess, clearUp: () => void, signal: NodeJS.Signals = 'SIGKILL'): () => Promise<void> {
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await exited;
    if (running.delete(stop)) clearUp();
  };
  running.add(stop);
  return stop;
}

/** Foyer on fresh data, set up over REST, with tracking on. */
export async function startServer(): Promise<ServerUnderTest> {
  const data = mkdtempSync(join(tmpdir(), 'foyer-bench-'));
  const child = spawn(
    process.execPath,
    [...SERVER_FLAGS, path('../packages/server/src/main.ts'), '--port', '0', '--host', '127.0.0.1', '--data', data],
    {
      env: { ...process.env, FOYER_TRUST_PROXY: 'loopback', FOYER_LOG_LEVEL: 'error' },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const stop = ender(child, () => rmSync(data, { recursive: true, force: true }));
  try {
    const [, port, token] = await printed(child, /ready at http:\/\/localhost:(\d+)[\s\S]*#token=(\S+)/);
    const url = `http://127.0.0.1:${port}`;
    return { pid: child.pid ?? 0, url, siteKey: await setUp(url, token ?? ''), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Agents of the workspace that `startServer` has set up, each signed in: their session cookies. */
export async function agentsOf(url: string, count: number): Promise<string[]> {
  const owner = await signIn(url, LOGIN);
  const cookies: string[] = [];
  for (let i = 0; i < count; i++) {
    const { link } = (await (await ask(url, 'POST', '/invitations', owner, { role: 'agent' })).json()) as { link: string };
    const login = { email: `agent-${i}@foyer.test`, password: LOGIN.password };
    await ask(url, 'POST', '/invite', '', { token: link.split('token=')[1] ?? '', name: `Agent ${i}`, ...login });
    cookies.push(await signIn(url, login));
  }
  return cookies;
}

async function ask(url: string, method: string, route: string, cookie: string, body?: unknown): Promise<Response> {
  const response = await fetch(`${url}/api/v1${route}`, {
    method,
    headers: { 'content-type': 'application/json', origin: url, cookie },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${route} answered ${response.status}: ${await response.text()}`);
  return response;
}

async function setUp(url: string, token: string): Promise<string> {
  const site = { name: 'Bench', domain: 'localhost' };
  const made = await ask(url, 'POST', '/setup', '', { token, workspace: 'Bench', name: 'Bench', ...LOGIN, site });
  const cookie = made.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  await ask(url, 'PATCH', '/settings', cookie, { tracking: true });
  const [first] = (await (await ask(url, 'GET', '/sites', cookie)).json()) as { key: string }[];
  if (first === undefined) throw new Error('set-up makes a site');
  return first.key;
}

/** Lets a program measure on a data folder of its own: it is given the folder first, and prints its answer as one line of JSON. */
export async function measureOnData<T>(file: string, args: readonly string[]): Promise<T> {
  const data = mkdtempSync(join(tmpdir(), 'foyer-bench-'));
  const child = spawn(process.execPath, [...SERVER_FLAGS, path(file), data, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const stop = ender(child, () => rmSync(data, { recursive: true, force: true }));
  try {
    const [line] = await printed(child, /^\{.*\}$/m);
    return JSON.parse(line) as T;
  } finally {
    await stop();
  }
}

export async function startBareServer(): Promise<ServerUnderTest> {
  const child = spawn(process.execPath, [path('./bare-process.ts')], { stdio: ['pipe', 'pipe', 'inherit'] });
  const stop = ender(child, () => {});
  try {
    const [, port] = await printed(child, /^(\d+)\n/);
    return { pid: child.pid ?? 0, url: `http://127.0.0.1:${port}`, siteKey: 'bare', stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Foyer with everybody in it and events going on (dashboard/full-house-process.ts). */
export async function startFullHouse(options: {
  visitors: number;
  cities: number;
  eventsPerS: number;
}): Promise<Omit<ServerUnderTest, 'siteKey'>> {
  const { visitors, cities, eventsPerS } = options;
  const given = ['--visitors', `${visitors}`, '--cities', `${cities}`, '--events', `${eventsPerS}`];
  const child = spawn(process.execPath, [...SERVER_FLAGS, path('./dashboard/full-house-process.ts'), ...given], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  // It removes its own data, so it is asked to end.
  const stop = ender(child, () => {}, 'SIGTERM');
  try {
    const [, url = ''] = await printed(child, /ready at (http:\S+)[\s\S]*Everybody is here/);
    return { pid: child.pid ?? 0, url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
