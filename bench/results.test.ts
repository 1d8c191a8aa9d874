import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { cpuSeconds, fileLimit, rssBytes } from './process-stat.ts';
import { BUDGETS, NOTHING, table } from './results.ts';

const bench = (...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> =>
  new Promise((resolve) => {
    execFile(process.execPath, [fileURLToPath(new URL('./main.ts', import.meta.url)), ...args], (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr });
    });
  });

/** What nobody has asked for the exit code of yet is gone all the same. */
const isAlive = (pid: string): boolean => {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'latin1'));
  } catch {
    return false;
  }
};

describe('the bench', () => {
  test('[SI24] ends with one JSON document that has every field; what did not run is null', async () => {
    const { code, stdout } = await bench('sizes', '--json');
    expect(code).toBe(0);
    const answer = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Record<string, unknown>;
    expect(Object.keys(answer).sort()).toEqual([...Object.keys(NOTHING), 'quick', 'failed'].sort());
    expect(answer['trackerGzipBytes']).toBeTypeOf('number');
    expect(answer['ingestPerCpuS']).toBeNull();
    expect(answer['failed']).toEqual([]);
  });

  test('[SI24] a part that does not exist is an error, with those that do', async () => {
    const { code, stderr } = await bench('nothing');
    expect(code).toBe(2);
    expect(stderr).toContain('arrivals');
  });

  test('[SI25] told to end, it leaves no process and no data behind', async () => {
    const temporary = mkdtempSync(join(tmpdir(), 'foyer-bench-test-'));
    const main = fileURLToPath(new URL('./main.ts', import.meta.url));
    const running = spawn(process.execPath, [main, 'arrivals', '--quick'], { env: { ...process.env, TMPDIR: temporary }, stdio: 'ignore' });
    const children = () => readFileSync(`/proc/${running.pid}/task/${running.pid}/children`, 'latin1').split(' ').filter(Boolean);
    // The server, and the crowd that loads it.
    await expect.poll(() => children().length, { timeout: 15_000 }).toBeGreaterThanOrEqual(2);
    const started = children();
    running.kill('SIGTERM');
    expect((await (once(running, 'exit') as Promise<[number]>))[0]).toBe(143);
    expect(readdirSync(temporary)).toEqual([]);
    await expect.poll(() => started.filter(isAlive)).toEqual([]);
    rmSync(temporary, { recursive: true });
  });

  test('[SI24] README explains every field', () => {
    const readme = readFileSync(new URL('./README.md', import.meta.url), 'utf8');
    expect(Object.keys(NOTHING).filter((field) => !readme.includes(`\`${field}\``))).toEqual([]);
  });

  test('[SI24] the table says which budgets are met, and leaves out what was not measured', () => {
    const text = table({ ...NOTHING, ingestRatio: 0.59, lagP99Ms: 150 });
    expect(text.split('\n')).toHaveLength(2);
    expect(text).toMatch(/ws +59\.0 % +at least 60\.0 % +MISSED/);
    expect(text).toMatch(/load +150 ms +at most 150 ms +met/);
    expect(new Set(BUDGETS.map((budget) => budget.field)).size).toBe(BUDGETS.length);
  });

  test('[SI24] a process is measured with all its threads', () => {
    const before = cpuSeconds(process.pid);
    const since = process.cpuUsage();
    // By the CPU's own clock: on a busy machine a wait may pass without any work.
    while (process.cpuUsage(since).user < 100_000);
    expect(cpuSeconds(process.pid)).toBeGreaterThan(before);
    expect(Math.abs(rssBytes(process.pid) / process.memoryUsage.rss() - 1)).toBeLessThan(0.2);
    expect(fileLimit()).toBeGreaterThan(100);
  });
});
