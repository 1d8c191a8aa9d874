import { describe, expect, it } from 'vitest';
import { createMetrics } from './metrics.ts';

async function valueOf(metrics: ReturnType<typeof createMetrics>, sample: string): Promise<string | undefined> {
  const { body } = await metrics.render();
  return body
    .split('\n')
    .find((line) => line.startsWith(`${sample} `))
    ?.slice(sample.length + 1);
}

describe('metrics', () => {
  it('[PV8] counts are what was counted, at every scrape', async () => {
    const metrics = createMetrics();
    metrics.sockets.frames += 3;
    metrics.sockets.consoleFrames++;
    metrics.sockets.hellos++;
    metrics.history.written.inc(5);
    metrics.history.lost.inc();
    expect(await valueOf(metrics, 'foyer_frames_total')).toBe('3');
    expect(await valueOf(metrics, 'foyer_frames_total')).toBe('3');
    expect(await valueOf(metrics, 'foyer_console_frames_total')).toBe('1');
    expect(await valueOf(metrics, 'foyer_arrivals_total')).toBe('1');
    expect(await valueOf(metrics, 'foyer_history_written_total')).toBe('5');
    expect(await valueOf(metrics, 'foyer_history_lost_total')).toBe('1');
    expect(await valueOf(metrics, 'foyer_history_dropped_total')).toBe('0');
  });

  it('[PV8] refusals are told apart by the name that is in the close reason', async () => {
    const metrics = createMetrics();
    metrics.sockets.refused('originRefused');
    metrics.sockets.refused('originRefused');
    metrics.sockets.refused('badFrame');
    expect(await valueOf(metrics, 'foyer_refused_total{reason="origin_refused"}')).toBe('2');
    expect(await valueOf(metrics, 'foyer_refused_total{reason="bad_frame"}')).toBe('1');
    expect(await valueOf(metrics, 'foyer_refused_total{reason="full"}')).toBeUndefined();
  });

  it('[PV8] gauges are read when asked; what nobody gives is left out', async () => {
    const metrics = createMetrics();
    let tabs = 1;
    metrics.observe({ tabs: () => tabs, merged: () => 7, proxyNotTrusted: () => true });
    expect(await valueOf(metrics, 'foyer_tabs')).toBe('1');
    tabs = 2;
    expect(await valueOf(metrics, 'foyer_tabs')).toBe('2');
    expect(await valueOf(metrics, 'foyer_patches_merged_total')).toBe('7');
    expect(await valueOf(metrics, 'foyer_proxy_not_trusted')).toBe('1');
    expect(await valueOf(metrics, 'foyer_consoles')).toBeUndefined();
  });

  it('[PV8] the process is described too, and two servers in one process do not mix', async () => {
    const one = createMetrics();
    const other = createMetrics();
    one.sockets.frames = 9;
    expect(await valueOf(other, 'foyer_frames_total')).toBe('0');
    const { contentType, body } = await one.render();
    expect(contentType).toContain('text/plain');
    for (const name of ['process_cpu_seconds_total', 'process_resident_memory_bytes', 'nodejs_eventloop_lag_p99_seconds'])
      expect(body).toContain(`\n${name} `);
  });
});
