import { createHmac } from 'node:crypto';
import { afterEach, expect, test, vi } from 'vitest';
import { PAGE_SAMPLE, SAMPLES } from '../src/settings/identity/samples.ts';

afterEach(() => vi.unstubAllEnvs());

test('[VI9] what Install says for Node.js computes the hash, of a number too', async () => {
  vi.stubEnv('FOYER_IDENTITY_SECRET', 'secret');
  const sample = (await import(`data:text/javascript,${encodeURIComponent(SAMPLES['Node.js'])}`)) as { foyerHash(id: unknown): string };
  const right = createHmac('sha256', 'secret').update('4711').digest('hex');
  expect([sample.foyerHash('4711'), sample.foyerHash(4711)]).toEqual([right, right]);
});

test('[VI9] every sample takes the secret from the environment, and the page has none', () => {
  for (const code of Object.values(SAMPLES)) expect(code).toContain('FOYER_IDENTITY_SECRET');
  expect(PAGE_SAMPLE).not.toContain('FOYER_IDENTITY_SECRET');
});
