import { defineConfig } from 'vitest/config';

const SOURCES = ['packages/*/{src,test}/**', 'tools/**', 'bench/**'];
/** End-to-end tests that hold something to a time, or a machine to its load. */
const MEASURED = [
  'bad-input',
  'chat.bad-input',
  'chat.first',
  'chat.kill',
  'chat.life',
  'kill',
  'life',
  'live',
  'roles',
  'visitors-page.life',
  'visitors-page.network',
].map((name) => `e2e/${name}.test.ts`);
/**
 * End-to-end tests for `npm run test:all` alone: those that go through every screen, theme and width, or through what means ill, and those of
 * what has a test with a scripted server as well. `npm test` has ten minutes.
 */
const SWEEPS = [
  'accessibility',
  'chat.accessibility',
  'chat.hostile',
  'chat.messages',
  'goals',
  'identity',
  'replay',
  'requests',
  'visitors-page.hostile',
  'visitors-page.map',
  'visitors-page.team',
].map((name) => `e2e/${name}.test.ts`);
/** What a test waits for in a browser is there in milliseconds; a machine with other work may take seconds. Times are held where they are measured. */
const PATIENT = { poll: { timeout: 10_000 } };
const soak = process.env['FOYER_FUZZ_SEEDS'] !== undefined;

export default defineConfig({
  test: {
    // By itself vitest leaves one core to the person who waits, which is half of two.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          setupFiles: ['./packages/dashboard/test/load-messages.ts'],
          include: SOURCES.map((folder) => `${folder}/*.test.{ts,tsx}`),
          exclude: ['**/node_modules/**', '**/*.{browser,fuzz,slow}.test.*'],
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          // Right, but too slow for `npm run check`: processes that are killed, passwords hashed by the hundred.
          name: 'slow',
          include: SOURCES.map((folder) => `${folder}/*.slow.test.ts`),
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'fuzz',
          include: SOURCES.map((folder) => `${folder}/*.fuzz.test.ts`),
          // The long seeds take as long as they take.
          testTimeout: soak ? 0 : 240_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: SOURCES.map((folder) => `${folder}/*.browser.test.{ts,tsx}`),
          globalSetup: ['./packages/dashboard/test/built-once.ts'],
          testTimeout: 60_000,
          hookTimeout: 90_000,
          expect: PATIENT,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          exclude: ['**/node_modules/**', ...MEASURED, ...SWEEPS],
          // Each has a server of its own. Not as many as there are processors: each has a browser of its own too.
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 90_000,
          expect: PATIENT,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e-sweeps',
          include: SWEEPS,
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 90_000,
          expect: PATIENT,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          // One browser, one server, one swarm at a time: these tests measure what a person would see, and two at once see each other.
          name: 'e2e-measured',
          include: MEASURED,
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 90_000,
          expect: PATIENT,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
