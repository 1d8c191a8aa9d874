import { expect, it } from 'vitest';
import { LatestMarks } from './latest-marks.ts';

it('[CV28] of conversations that are marked while the store is busy the latest 32 are written, each with its last mark', async () => {
  const written: string[] = [];
  let isThrough = (): void => undefined;
  const first = new Promise<void>((resolve) => (isThrough = resolve));
  const marks = new LatestMarks<number>(
    async (conversation, mark) => {
      written.push(`${conversation} ${mark}`);
      if (conversation === 'first') await first;
    },
    (cause) => {
      throw cause;
    },
  );
  marks.put('first', 1);
  for (let i = 0; i < 1_000; i++) marks.put(`forged-${i}`, 1);
  marks.put('forged-968', 2);
  isThrough();
  await expect.poll(() => written.length).toBe(33);
  expect(written.slice(0, 2)).toEqual(['first 1', 'forged-969 1']);
  expect(written.at(-1)).toBe('forged-968 2');
});
