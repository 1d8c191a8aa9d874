import type { InboxSection, SectionKey } from '../../chat/chat-types.ts';

export const HEADING_PX = 28;
/** Rows drawn beyond the screen. */
const OVERSCAN = 6;
/** More is read when the end of what is read comes this near. */
const AHEAD_ROWS = 15;

export interface DrawnSection {
  readonly key: SectionKey;
  readonly count: number;
  readonly isComplete: boolean;
  readonly heightPx: number;
  /** Rows to draw, with their place in the stretch. */
  readonly rows: readonly { readonly id: string; readonly index: number }[];
  /** Its end is near the screen and more is to come. */
  readonly wantsMore: boolean;
}

/** What of each stretch lies on the screen. Stretches without anybody are left out. `top`, `height`: of the screen, in px. */
export function drawnSections(
  sections: readonly InboxSection[],
  q: { readonly top: number; readonly height: number; readonly rowPx: number },
): readonly DrawnSection[] {
  const { top, height, rowPx } = q;
  let y = 0;
  const drawn: DrawnSection[] = [];
  for (const { key, ids, isComplete } of sections) {
    if (ids.length === 0 && isComplete) continue;
    const begin = y + HEADING_PX;
    const first = Math.max(0, Math.floor((top - begin) / rowPx) - OVERSCAN);
    const end = Math.min(ids.length, Math.ceil((top + height - begin) / rowPx) + OVERSCAN);
    const rows = [];
    for (let index = first; index < end; index += 1) rows.push({ id: ids[index] ?? '', index });
    const heightPx = HEADING_PX + ids.length * rowPx;
    const wantsMore = !isComplete && y + heightPx - AHEAD_ROWS * rowPx < top + height;
    drawn.push({ key, count: ids.length, isComplete, heightPx, rows, wantsMore });
    y += heightPx;
  }
  return drawn;
}

/** Where a row lies; null: it is in no stretch. */
export function rowTop(sections: readonly InboxSection[], id: string, rowPx: number): number | null {
  let y = 0;
  for (const { ids, isComplete } of sections) {
    if (ids.length === 0 && isComplete) continue;
    const index = ids.indexOf(id);
    if (index >= 0) return y + HEADING_PX + index * rowPx;
    y += HEADING_PX + ids.length * rowPx;
  }
  return null;
}

/** The one `step` further; from nowhere the first or the last. null: there is none. */
export function neighbour(sections: readonly InboxSection[], id: string | null, step: 1 | -1): string | null {
  const all = sections.flatMap(({ ids }) => ids);
  const at = id === null ? -1 : all.indexOf(id);
  if (at < 0) return (step > 0 ? all[0] : all.at(-1)) ?? null;
  return all[at + step] ?? null;
}

/** The list as it stood, with its rows in their places; only what was read further down is added. */
export function stillSections(held: readonly InboxSection[], now: readonly InboxSection[]): readonly InboxSection[] {
  const kept = new Set(held.flatMap(({ ids }) => ids));
  return held.map((section) => {
    const next = now.find(({ key }) => key === section.key);
    if (!next) return section;
    const last = next.ids.findLastIndex((id) => kept.has(id));
    const further = section.ids.length === 0 ? [] : next.ids.slice(last + 1).filter((id) => !kept.has(id));
    return { ...next, ids: further.length === 0 ? section.ids : [...section.ids, ...further] };
  });
}
