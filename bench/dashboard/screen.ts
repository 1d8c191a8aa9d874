import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';
import { CHROMIUM_FLAGS } from '../../e2e/chromium-flags.ts';
import { findChromium } from '../../tools/chromium.ts';
import { pause } from '../process-stat.ts';

const VIEWPORT = { width: 1_440, height: 900 };
const READY_WITHIN_MS = 60_000;
/** Frames go on coming between a collection and the question after it; the least of this many is what is really held. */
const COLLECTIONS = 8;

/** CPU-seconds of the page's main thread so far. */
export interface Spent {
  /** In JavaScript. */
  readonly scriptS: number;
  /** In everything: script, style, layout, painting, garbage collection. */
  readonly taskS: number;
  readonly atMs: number;
}

type Mutable<T> = { -readonly [Name in keyof T]: T[Name] };

/** What the page holds, after forced collections. */
export interface Held {
  readonly heapBytes: number;
  readonly nodes: number;
  readonly listeners: number;
}

export interface HotSpot {
  /** File, line and column in the build, and the function's name there. */
  readonly where: string;
  readonly msPerS: number;
}

/** A signed-in dashboard in a browser of its own, looked at through the DevTools protocol. */
export class Screen {
  readonly page: Page;
  readonly #browser: Browser;
  readonly #cdp: CDPSession;

  private constructor(browser: Browser, page: Page, cdp: CDPSession) {
    this.#browser = browser;
    this.page = page;
    this.#cdp = cdp;
  }

  /** Opens /visitors. Answers when the list is there and, where `canvas` is in the page, the map has drawn. */
  static async open(options: { url: string; cookie: string }): Promise<Screen> {
    const found = await findChromium();
    if (found.path === undefined) throw new Error(`no Chromium: ${found.problem}`);
    const browser = await chromium.launch({ executablePath: found.path, args: CHROMIUM_FLAGS });
    try {
      const context = await browser.newContext({ viewport: VIEWPORT });
      const at = options.cookie.indexOf('=');
      await context.addCookies([{ name: options.cookie.slice(0, at), value: options.cookie.slice(at + 1), url: options.url }]);
      const page = await context.newPage();
      const cdp = await context.newCDPSession(page);
      // Only time on the CPU counts: what a neighbour on the machine takes does not.
      await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
      await page.goto(`${options.url}/visitors`);
      await page.getByTestId('visitor-row').nth(5).waitFor({ timeout: READY_WITHIN_MS });
      return new Screen(browser, page, cdp);
    } catch (error) {
      await browser.close();
      throw error;
    }
  }

  async spent(): Promise<Spent> {
    const metrics = await this.#metrics();
    return { scriptS: metrics('ScriptDuration'), taskS: metrics('TaskDuration'), atMs: performance.now() };
  }

  async held(): Promise<Held> {
    const least: Mutable<Held> = { heapBytes: Infinity, nodes: Infinity, listeners: Infinity };
    for (let i = 0; i < COLLECTIONS; i++) {
      await this.#cdp.send('HeapProfiler.collectGarbage');
      const [{ usedSize }, metrics] = await Promise.all([this.#cdp.send('Runtime.getHeapUsage'), this.#metrics()]);
      least.heapBytes = Math.min(least.heapBytes, usedSize);
      least.nodes = Math.min(least.nodes, metrics('Nodes'));
      least.listeners = Math.min(least.listeners, metrics('JSEventListeners'));
    }
    return least;
  }

  /** Frames and bytes that come on the page's sockets. */
  async traffic(seconds: number): Promise<{ framesPerS: number; bytesPerS: number }> {
    let frames = 0;
    let bytes = 0;
    const onFrame = ({ response }: { response: { payloadData: string } }): void => {
      frames++;
      bytes += Buffer.byteLength(response.payloadData);
    };
    this.#cdp.on('Network.webSocketFrameReceived', onFrame);
    await this.#cdp.send('Network.enable');
    await pause(seconds * 1_000);
    await this.#cdp.send('Network.disable');
    this.#cdp.off('Network.webSocketFrameReceived', onFrame);
    return { framesPerS: frames / seconds, bytesPerS: bytes / seconds };
  }

  /** Where the main thread's script spends its time, the most first. Costs the page about as much again. */
  async hotSpots(seconds: number): Promise<HotSpot[]> {
    await this.#cdp.send('Profiler.enable');
    await this.#cdp.send('Profiler.setSamplingInterval', { interval: 500 });
    await this.#cdp.send('Profiler.start');
    await pause(seconds * 1_000);
    const { profile } = await this.#cdp.send('Profiler.stop');
    await this.#cdp.send('Profiler.disable');
    const nodes = new Map(profile.nodes.map((node) => [node.id, node.callFrame]));
    const micros = new Map<string, number>();
    for (const [i, id] of (profile.samples ?? []).entries()) {
      const frame = nodes.get(id);
      // `(idle)` and `(program)` are no script.
      if (frame === undefined || frame.functionName === '(idle)' || frame.functionName === '(program)') continue;
      const file = frame.url.slice(frame.url.lastIndexOf('/') + 1);
      const where = `${frame.functionName || '(anonymous)'} ${file}:${frame.lineNumber + 1}:${frame.columnNumber + 1}`;
      micros.set(where, (micros.get(where) ?? 0) + (profile.timeDeltas?.[i] ?? 0));
    }
    return [...micros].map(([where, each]) => ({ where, msPerS: each / 1_000 / seconds })).sort((a, b) => b.msPerS - a.msPerS);
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }

  async #metrics(): Promise<(name: string) => number> {
    const { metrics } = await this.#cdp.send('Performance.getMetrics');
    return (name) => {
      const metric = metrics.find((each) => each.name === name);
      if (metric === undefined) throw new Error(`this Chromium does not measure ${name}`);
      return metric.value;
    };
  }
}
