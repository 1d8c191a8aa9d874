/**
 * Loaded into a server before itself (`node --import`): its clocks, wall and monotonic together, can be put forward by the test that started
 * it. Half an hour then passes at once; timers, which are short, keep their own time. Nothing of the server knows.
 */
import { isMainThread } from 'node:worker_threads';

if (isMainThread && process.send) {
  let passedMs = 0;
  const { now } = Date;
  const mono = performance.now.bind(performance);
  Date.now = () => now() + passedMs;
  performance.now = () => mono() + passedMs;
  process.on('message', (ms: number) => {
    passedMs += ms;
    process.send?.(passedMs);
  });
  // The channel alone must not keep a process that is done.
  process.channel?.unref();
}
