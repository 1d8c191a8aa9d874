import { describe, expect, test } from 'vitest';
import { aPin } from './map.testkit.ts';
import { FLAG, PIN_BYTES, PinBuffer, SIGNS } from './pin-buffer.ts';

const look = (buffer: PinBuffer, slot: number): number => buffer.bytes[slot * PIN_BYTES + 12]!;

describe('what the graphics card gets', () => {
  test('[MP11] only the bytes from the first to the last pin that changed', () => {
    const buffer = new PinBuffer();
    const pins = Array.from({ length: 1_000 }, (_, slot) => Object.assign(aPin({ active: 2 }), { slot }));
    for (const pin of pins) buffer.write(pin);
    expect(buffer.takeDirty()).toEqual([0, 1_000 * PIN_BYTES]);
    expect(buffer.takeDirty()).toBeNull();
    buffer.write(pins[500]!);
    buffer.write(pins[503]!);
    expect(buffer.takeDirty()).toEqual([500 * PIN_BYTES, 504 * PIN_BYTES]);
    const { generation } = buffer;
    buffer.write(pins[1]!);
    expect(buffer.generation, 'nothing is allocated again').toBe(generation);
  });

  test('[MP3] hollow when nobody is active, glowing when somebody waits, dashed when only the country is known', () => {
    const buffer = new PinBuffer();
    for (const [slot, pin] of [
      aPin({ inactive: 3 }),
      aPin({ unassigned: 1, inactive: 3 }),
      aPin({ active: 1 }, { approximate: true }),
      aPin({ resolved: 1 }),
    ].entries())
      buffer.write(Object.assign(pin, { slot }));
    expect([0, 1, 2, 3].map((slot) => look(buffer, slot) & FLAG.hollow)).toEqual([FLAG.hollow, 0, 0, FLAG.hollow]);
    expect([0, 1, 2, 3].map((slot) => look(buffer, slot) & FLAG.glow)).toEqual([0, FLAG.glow, 0, 0]);
    expect([0, 1, 2, 3].map((slot) => look(buffer, slot) & FLAG.approximate)).toEqual([0, 0, FLAG.approximate, 0]);
    expect([0, 1, 2, 3].map((slot) => look(buffer, slot) & FLAG.single)).toEqual([0, 0, FLAG.single, FLAG.single]);
  });

  test('[MP4] a count is its signs, and nothing is drawn where a pin was', () => {
    const buffer = new PinBuffer();
    buffer.write(Object.assign(aPin({ active: 1_234 }), { slot: 0, spot: 2 }));
    expect([...buffer.bytes.subarray(16, 20)].map((sign) => SIGNS[sign])).toEqual(['1', '.', '2', 'k']);
    expect(buffer.bytes[14]).toBe(2);
    buffer.erase(0);
    expect([buffer.bytes[13], buffer.bytes[14]]).toEqual([0, 255]);
  });
});
