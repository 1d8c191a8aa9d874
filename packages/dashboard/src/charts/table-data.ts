import { number } from '../messages/format.ts';

/** One cell: what a spreadsheet gets (null: nothing), and what is read here. */
export interface Cell {
  readonly value: string | number | null;
  readonly shown: string;
}
/** What a chart shows, as a table: for the table behind it and for its CSV. The first cell of a row names it. */
export interface TableData {
  /** `csv`: with the unit that the shown cells say themselves. */
  readonly head: readonly { readonly title: string; readonly csv?: string; readonly numeric?: boolean }[];
  readonly rows: readonly { readonly key: string | number; readonly cells: readonly Cell[] }[];
}

export interface NamedTable {
  /** Of its file, without its ending. */
  readonly name: string;
  readonly table: TableData;
}

/** What is not known is a dash to the eye, nothing to a spreadsheet. */
export const NOTHING: Cell = { value: null, shown: '–' };
export const textCell = (value: string, shown = value): Cell => ({ value, shown });
export const countCell = (value: number | null): Cell => (value === null ? NOTHING : { value, shown: number(value) });
