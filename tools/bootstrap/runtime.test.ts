import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROOT } from '../source.ts';
import { findRuntime } from './runtime.mjs';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'foyer-runtime-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function writeOwnNode(script: string): string {
  const path = join(root, 'node_modules/.bin/node');
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return path;
}
const old = { version: '20.19.0', execPath: '/usr/bin/node' };

describe('findRuntime', () => {
  it.each(['24.0.0', '24.21.0', '26.1.0'])('[HS3] keeps the Node that runs when it is %s', (version) => {
    expect(findRuntime(root, { version, execPath: '/opt/node' })).toBe('/opt/node');
  });

  it('[HS3] takes the one in node_modules when the one that runs is too old', () => {
    const own = writeOwnNode('echo v24.21.0');
    expect(findRuntime(root, old)).toBe(own);
    expect(findRuntime(root, { ...old, version: '23.9.0' })).toBe(own);
  });

  it.each([
    ['is too old', 'echo v22.0.0'],
    ['does not run here', 'exit 127'],
  ])('[HS3] finds none when the one in node_modules %s', (_why, script) => {
    writeOwnNode(script);
    expect(findRuntime(root, old)).toBeUndefined();
  });

  it('[HS3] finds none when there is no other', () => {
    expect(findRuntime(root, old)).toBeUndefined();
  });
});

/** Hands over to `program` from a Node that can replace itself, or from one made to look as old as Node 20, which cannot. */
function handOver(program: string, args: string[], { canReplace }: { canReplace: boolean }): ChildProcess {
  const path = join(root, 'program.mjs');
  writeFileSync(path, program);
  const script = `
    ${canReplace ? '' : 'process.execve = undefined;'}
    const { handOver } = await import(${JSON.stringify(join(ROOT, 'tools/bootstrap/runtime.mjs'))});
    handOver(process.execPath, ${JSON.stringify([path, ...args])});`;
  return spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
}

async function outputOf(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('stdout is not piped');
  return text(child.stdout);
}

describe.each([
  ['replaced', true],
  ['followed', false],
])('handOver, %s', (_how, canReplace) => {
  it('[HS4] passes arguments and the exit code', async () => {
    const child = handOver(
      'console.log(JSON.stringify(process.argv.slice(2))); process.exitCode = 7;',
      ['--visitors', '300', 'a b', '$HOME'],
      { canReplace },
    );
    const [output, [code]] = await Promise.all([outputOf(child), once(child, 'exit')]);
    expect(JSON.parse(output)).toEqual(['--visitors', '300', 'a b', '$HOME']);
    expect(code).toBe(7);
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('[HS4] passes %s, once', async (signal) => {
    const program = `
      let times = 0;
      process.on('${signal}', () => { times += 1; setImmediate(() => { console.log('times', times); process.exit(3); }); });
      setInterval(() => {}, 1000);
      console.log('ready');`;
    const child = handOver(program, [], { canReplace });
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      if (output === '') child.kill(signal);
      output += chunk.toString();
    });
    const [code] = await once(child, 'exit');
    expect(code).toBe(3);
    expect(output).toBe('ready\ntimes 1\n');
  });

  it('[HS4] says so when a signal ended the program', async () => {
    const child = handOver("process.kill(process.pid, 'SIGKILL');", [], { canReplace });
    const [code, signal] = await once(child, 'exit');
    expect([code, signal]).toEqual(canReplace ? [null, 'SIGKILL'] : [137, null]);
  });

  it('[HS4] raises the soft limit of open files to the hard one', async () => {
    const child = handOver(
      "import { execFileSync } from 'node:child_process'; console.log(execFileSync('sh', ['-c', 'ulimit -Sn']).toString());",
      [],
      { canReplace },
    );
    const hard = execFileSync('sh', ['-c', 'ulimit -Hn']).toString().trim();
    expect(Number((await outputOf(child)).trim())).toBe(Math.min(hard === 'unlimited' ? Infinity : Number(hard), 1_048_576));
  });
});

it('[HS4] a replaced process keeps its pid', async () => {
  const child = handOver('console.log(process.pid);', [], { canReplace: true });
  expect(Number(await outputOf(child))).toBe(child.pid);
});
