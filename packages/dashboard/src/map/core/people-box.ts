import type { Pin } from './pin.ts';

/** Degrees. */
export interface LonLatBox {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/**
 * The box in which so large a share of the people at these pins is, along either axis: a country's islands overseas are few people, and
 * would make it as large as the world. null for no pins.
 */
export function peopleBox(pins: readonly Pick<Pin, 'place' | 'total'>[], share: number): LonLatBox | null {
  if (pins.length === 0) return null;
  const people = pins.reduce((sum, { total }) => sum + total, 0);
  const span = (of: (place: Pin['place']) => number): [number, number] => {
    const order = pins.map(({ place, total }) => ({ at: of(place), total })).sort((a, b) => a.at - b.at);
    const after = (least: number): number => {
      let passed = 0;
      return (order.find(({ total }) => (passed += total) > least) ?? order.at(-1)!).at;
    };
    const spare = (people * (1 - share)) / 2;
    // A thousandth, so that the last is found whatever adding up has rounded.
    return [after(spare), after(people - spare - 0.001)];
  };
  const [west, east] = span(({ lon }) => lon);
  const [south, north] = span(({ lat }) => lat);
  return { west, south, east, north };
}
