import { type Count, type Detail, LIMITS, type Row, type RowKey, type Window } from '@foyer/protocol';
import type { PlaceFacts } from './places.ts';

/**
 * What one node says about a view over its own visits. Nodes' visits are disjoint, so parts add up (merge.ts).
 * Absolute values throughout: a part that arrives twice changes nothing.
 */
export interface TotalsPart {
  listed: number;
  live: number;
  chatting: number;
  unknownPlace: number;
  byStatus: readonly number[];
  browsers: readonly Count[];
  systems: readonly Count[];
  devices: readonly Count[];
  countries: readonly Count[];
  pages: readonly Count[];
  referrers: readonly Count[];
  pagesCut: boolean;
  referrersCut: boolean;
}
export interface ViewPart {
  readonly full?: true;
  readonly counting: boolean;
  readonly totals?: Partial<TotalsPart>;
  /** [place index of the sending node, count by STATUSES order …]. */
  readonly cities?: readonly (readonly number[])[];
}
export interface RowsPart {
  readonly full?: true;
  readonly before: number;
  readonly total: number;
  /** Ids of the window in display order, when they changed. */
  readonly order?: readonly string[];
  /** Of a grouped window, when they changed, in order. */
  readonly groups?: readonly Count[];
  readonly keys?: Readonly<Record<string, RowKey>>;
  readonly set?: Readonly<Record<string, Partial<Row>>>;
}
export interface DetailPart {
  readonly detail: Detail | null;
}
/** Frames carry the places they refer to when the receiver has not met them: indexes are the sender's. */
export type PlacesPart = readonly (PlaceFacts & { readonly index: number })[];

export const EMPTY_TOTALS: TotalsPart = {
  listed: 0,
  live: 0,
  chatting: 0,
  unknownPlace: 0,
  byStatus: [0, 0, 0, 0, 0, 0, 0],
  browsers: [],
  systems: [],
  devices: [],
  countries: [],
  pages: [],
  referrers: [],
  pagesCut: false,
  referrersCut: false,
};

export function windowKey(window: Window): string {
  return JSON.stringify([
    window.sort,
    window.dir,
    window.group ?? '',
    window.anchor?.key ?? null,
    window.anchor?.id ?? '',
    window.share ?? null,
    window.before,
    window.after,
    window.everyMs ?? 0,
  ]);
}

export const TOP_PER_PART = LIMITS.topPerPart;
