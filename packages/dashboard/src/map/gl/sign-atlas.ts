import { BADGE_HEIGHT } from '../core/badge-layout.ts';
import { SIGNS } from '../core/pin-buffer.ts';

/** Pixels of one sign's cell; wider than any of them is drawn. */
export const CELL_PX = 8;

/** The signs of counts in white on black, one beside the other, `scale` times their size. */
export function drawSigns(scale: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = SIGNS.length * CELL_PX * scale;
  canvas.height = BADGE_HEIGHT * scale;
  const context = canvas.getContext('2d');
  if (!context) return canvas;
  context.fillStyle = '#000';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = '#fff';
  context.font = `600 ${10 * scale}px Inter, 'Inter fallback', system-ui, sans-serif`;
  context.textAlign = 'center';
  // Set on the baseline: figures have no descenders, so their own middle is the middle of the count.
  context.textBaseline = 'alphabetic';
  const height = context.measureText('0').actualBoundingBoxAscent;
  for (const [i, sign] of SIGNS.split('').entries())
    context.fillText(sign, (i + 0.5) * CELL_PX * scale, (BADGE_HEIGHT * scale) / 2 + height / 2);
  return canvas;
}
