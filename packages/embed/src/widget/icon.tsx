import { h } from 'preact';

/** Strokes on a grid of 24 (Lucide, ISC). Those that only chunks need are in icons-more.ts. */
export const BUBBLE =
  'M2.992 16.342a2 2 0 0 1 .094 1.167l-1.065 3.29a1 1 0 0 0 1.236 1.168l3.413-.998a2 2 0 0 1 1.099.092 10 10 0 1 0-4.777-4.719';
export const DOWN = 'm6 9 6 6 6-6';
export const NEXT = 'm9 18 6-6-6-6';
export const BACK = 'm15 18-6-6 6-6';
export const DOTS = 'M12 11a1 1 0 1 0 0 2 1 1 0 1 0 0-2m7 0a1 1 0 1 0 0 2 1 1 0 1 0 0-2M5 11a1 1 0 1 0 0 2 1 1 0 1 0 0-2';
export const CLIP =
  'm16 6-8.414 8.586a2 2 0 0 0 2.829 2.829l8.414-8.586a4 4 0 1 0-5.657-5.657l-8.379 8.551a6 6 0 1 0 8.485 8.485l8.379-8.551';
export const SMILE = 'M15 10V9M16.472 15a6 6 0 01-8.943 0M9 10V9M12 2a10 10 0 1 0 0 20 10 10 0 1 0 0-20';
export const UP = 'm5 12 7-7 7 7M12 19V5';
export const CHECK = 'M20 6 9 17l-5-5';
export const CHECKS = 'M18 6 7 17l-5-5m20-2-7.5 7.5L13 16';
export const CLOCK = 'M12 2a10 10 0 1 0 0 20 10 10 0 1 0 0-20m0 4v6l4 2';
export const PERSON = 'M19 21v-2a4 4 0 0 0-4-4H9a4 4 0 0 0-4 4v2M12 3a4 4 0 1 0 0 8 4 4 0 1 0 0-8';
export const SPARK =
  'M11 3a1 1 0 0 1 2 0l1 5.500a2 2 0 0 0 1.6 1.600L21 11a1 1 0 0 1 0 2l-5.4 1a2 2 0 0 0-1.6 1.600L13 21a1 1 0 0 1-2 0l-1-5.400A2 2 0 0 0 8.4 14L3 13a1 1 0 0 1 0-2l5.4-1A2 2 0 0 0 10 8.400z';
export const CUT = 'M12 2a10 10 0 1 0 0 20 10 10 0 1 0 0-20m0 6v5m0 3h.01';

/** Decorative: what it means stands beside it or in the label around it. */
export const Icon = ({ d, flip }: { readonly d: string; readonly flip?: boolean }) => (
  <svg class={flip ? 'icon flip' : 'icon'} viewBox="0 0 24 24" aria-hidden="true">
    <path d={d} />
  </svg>
);
