import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';
import { CHROMIUM_FLAGS } from '../../e2e/chromium-flags.ts';
import { findChromium } from '../../tools/chromium.ts';
import { pause } from '../process-stat.ts';

const VIEWPORT = { width: 1_440, height: 900 };
const READY_WITHIN_MS = 60_000;
/** Frames go on coming between a collection and the question after it; the least of this many is what is really held. */
const COLLECTIONS = 8;
/** A mouse says 125 times a second where it is; pins change ten times a second. */
const MOVES_PER_CHANGE = 12;

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

  /** Opens /visitors, or the monitor. Answers when the list is there and the map has drawn. */
  static async open(options: { url: string; cookie: string; path?: '/visitors' | '/monitor' }): Promise<Screen> {
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
      const path = options.path ?? '/visitors';
      await page.goto(options.url + path);
      if (path === '/monitor') await page.getByTestId('visit-row').nth(5).waitFor({ timeout: READY_WITHIN_MS });
      else {
        await page.getByTestId('visitor-row').nth(5).waitFor({ timeout: READY_WITHIN_MS });
        await page.locator('[data-testid=map][data-ready=true]').waitFor({ timeout: READY_WITHIN_MS });
      }
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

  /** Frames that reach the screen: software draws fewer of them on a busy machine, and script that runs once a frame runs as seldom. */
  async paintsPerS(seconds: number): Promise<number> {
    let paints = 0;
    const onData = ({ value }: { value: object[] }): void => {
      for (const event of value as { name?: string }[]) if (event.name === 'DrawFrame') paints++;
    };
    const complete = new Promise((resolve) => void this.#cdp.once('Tracing.tracingComplete', resolve));
    this.#cdp.on('Tracing.dataCollected', onData);
    await this.#cdp.send('Tracing.start', { transferMode: 'ReportEvents', categories: '-*,disabled-by-default-devtools.timeline.frame' });
    await pause(seconds * 1_000);
    await this.#cdp.send('Tracing.end');
    await complete;
    this.#cdp.off('Tracing.dataCollected', onData);
    return paints / seconds;
  }

  /**
   * What a mouse move over the map costs until its handlers have returned, ms: the middle one of `batches`, each of as many moves as a mouse
   * makes between two changes of the pins. A page's clock is coarse and the machine is shared, hence batches and their middle.
   */
  async mouseMoveMs(batches: number): Promise<number> {
    const means = await this.page.evaluate(
      async ({ count, moves }) => {
        const canvas = document.querySelector('canvas');
        if (!canvas) throw new Error('there is no map');
        const { left, top, width, height } = canvas.getBoundingClientRect();
        const means: number[] = [];
        for (let batch = 0; batch < count; batch++) {
          await new Promise((resolve) => setTimeout(resolve, 100));
          const beganMs = performance.now();
          for (let i = 0; i < moves; i++) {
            const step = batch * moves + i;
            const clientX = left + (0.1 + 0.8 * ((step * 0.618) % 1)) * width;
            const clientY = top + (0.2 + 0.6 * ((step * 0.377) % 1)) * height;
            canvas.dispatchEvent(new PointerEvent('pointermove', { clientX, clientY, bubbles: true, pointerType: 'mouse' }));
          }
          means.push((performance.now() - beganMs) / moves);
        }
        canvas.dispatchEvent(new PointerEvent('pointerleave', { bubbles: false, pointerType: 'mouse' }));
        return means;
      },
      { count: batches, moves: MOVES_PER_CHANGE },
    );
    means.sort((a, b) => a - b);
    return means[Math.floor(means.length / 2)] ?? Number.NaN;
  }

  /** From a key to "12 of 340" of the whole filter; the middle one of these filters. */
  async filterMs(filters: readonly string[]): Promise<number> {
    const times: number[] = [];
    const input = this.page.getByTestId('filter-input');
    for (const filter of filters) {
      await input.fill(filter);
      const beganMs = performance.now();
      await this.page.waitForFunction(
        () => {
          const says = document.querySelector('[data-testid=filter-says]')?.textContent ?? '';
          return /\d of \d/.test(says) && document.querySelector('[data-busy]') === null;
        },
        undefined,
        { polling: 10 },
      );
      times.push(performance.now() - beganMs);
      for (let i = 0; i < 2; i++) await input.press('Escape');
      await pause(500);
    }
    times.sort((a, b) => a - b);
    return times[Math.floor(times.length / 2)] ?? Number.NaN;
  }

  /**
   * Of the monitor's table: from a click on a column's head, or a filter put into the field, until its rows are drawn, ms, for each. By the
   * page's own clock, so that what DevTools takes is not in it.
   */
  async answersMs(asked: readonly ({ readonly column: string } | { readonly filter: string })[]): Promise<number[]> {
    const times: number[] = [];
    for (const what of asked) {
      times.push(
        await this.page.evaluate(async (one) => {
          const table = document.querySelector<HTMLElement>('[data-testid=visit-table]');
          const input = document.querySelector<HTMLInputElement>('[data-testid=filter-input]');
          if (!table || !input) throw new Error('there is no table');
          const { order, filter } = table.dataset;
          const isThere = (): boolean =>
            table.closest('[data-pending]') === null &&
            ('column' in one
              ? table.dataset['order'] !== order
              : table.dataset['filter'] !== filter && table.dataset['filter'] === one.filter);
          const beganMs = performance.now();
          if ('column' in one) document.querySelector<HTMLElement>(`[data-testid=sort-${one.column}]`)?.click();
          else {
            // As React hears it.
            Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, one.filter);
            input.dispatchEvent(new Event('input', { bubbles: true }));
          }
          await new Promise<void>((resolve) => {
            const watch = new MutationObserver(() => {
              if (!isThere()) return;
              watch.disconnect();
              resolve();
            });
            watch.observe(document.body, { subtree: true, attributes: true, childList: true });
          });
          return performance.now() - beganMs;
        }, what),
      );
      await pause(1_000);
    }
    return times;
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
