/** Before the browser tests: one build of the dashboard for all their files, which is half a minute of two processors otherwise. */
import { rmSync } from 'node:fs';
import type { TestProject } from 'vitest/node';
import { buildDashboard } from './built.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the build. */
    readonly dashboard: string;
  }
}

export async function setup(project: TestProject): Promise<() => void> {
  const dist = await buildDashboard();
  project.provide('dashboard', dist);
  return () => rmSync(dist, { recursive: true, force: true });
}
