import type { Status } from '@foyer/protocol';

/** What a pin shows, for tests in a browser: a canvas has nothing else to ask. */
export interface PinReport {
  readonly kind: 'city' | 'region' | 'country';
  /** City id, `CC|region` or `CC`. */
  readonly id: string;
  /** Pixels of the viewport, where the pin's middle is; null: behind the globe. */
  readonly x: number | null;
  readonly y: number | null;
  readonly radius: number;
  readonly count: number;
  readonly core: Status;
  readonly shares: Readonly<Record<Status, number>>;
  readonly approximate: boolean;
  /** Text of the count, and where it stands in pixels of the viewport; null: it shows none. */
  readonly badge: { readonly text: string; readonly spot: string; readonly x: number; readonly y: number; readonly width: number } | null;
}

/** On the map's canvas as `canvas.foyerMap`: part of README.md "Hooks for tests". */
export interface FoyerMap {
  /** The pin that holds this city: its own, its region's or its country's. null: nobody is there. */
  pinAt(cityId: string): PinReport | null;
  pins(): PinReport[];
  /** Where a point of the world is in the viewport; null: behind the globe. */
  at(lon: number, lat: number): { x: number; y: number } | null;
  /** Take the graphics context away, and give it back. */
  loseContext(): void;
  restoreContext(): void;
}

declare global {
  interface HTMLCanvasElement {
    foyerMap?: FoyerMap;
  }
}
