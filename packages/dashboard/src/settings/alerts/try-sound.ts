import type { NoticeKind } from '../../notify/notice.ts';
import { Sounds } from '../../notify/sounds.ts';

let sounds: Sounds | null = null;

/** Plays a sound from within a click, which is what browsers ask for. */
export function trySound(kind: NoticeKind, volume: number): void {
  sounds ??= new Sounds(() => undefined);
  sounds.wake(() => sounds?.play(kind, volume));
}
