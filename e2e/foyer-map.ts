/** The map's hook for tests (packages/dashboard/README.md "Hooks for tests"), as far as they use it. */
export interface PinReport {
  readonly kind: 'city' | 'region';
  readonly id: string;
  /** Pixels of the viewport, where the pin's middle is; null: behind the globe. */
  readonly x: number | null;
  readonly y: number | null;
  readonly count: number;
  readonly core: string;
  /** By status. */
  readonly shares: Readonly<Record<string, number>>;
  readonly approximate: boolean;
}

declare global {
  interface HTMLCanvasElement {
    foyerMap?: {
      /** The pin that holds this city: its own, or its region's. null: nobody is there. */
      pinAt(cityId: string): PinReport | null;
      pins(): PinReport[];
      loseContext(): void;
      restoreContext(): void;
    };
  }
}
