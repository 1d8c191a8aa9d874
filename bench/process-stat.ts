import { readFileSync } from 'node:fs';

/** Linux answers times in this many ticks a second on every architecture that Node runs on. */
const TICKS_PER_S = 100;
const PAGE_BYTES = 4_096;

/** CPU-seconds a process has used so far, all its threads, user and system. Throws when it is gone. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  // The name in brackets may hold spaces: fields are counted from behind it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_S;
}

/** Resident memory of a process. */
export function rssBytes(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]) * PAGE_BYTES;
}

/** Files that one process may open: Node has raised its own limit to the hard one, and children inherit that. */
export function fileLimit(): number {
  const line = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'latin1'));
  return line ? Number(line[1]) : 1_024;
}

/** Answers when the process has used under 5 % of a core for half a second, or after `withinMs`. */
export async function idle(pid: number, withinMs: number): Promise<void> {
  const untilMs = performance.now() + withinMs;
  for (let before = cpuSeconds(pid); performance.now() < untilMs;) {
    await pause(500);
    const now = cpuSeconds(pid);
    if (now - before < 0.025) return;
    before = now;
  }
}

export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
