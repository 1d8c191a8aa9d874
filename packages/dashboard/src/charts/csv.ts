import type { TableData } from './table-data.ts';

/** A spreadsheet takes what begins with these for a formula and runs it: a quote before it makes it text (OWASP, CSV injection). */
const FORMULA = /^[\s]*[=+\-@\t\r\n]/;
/** Spreadsheets take a file without it for their own country's code page. */
const BYTE_ORDER_MARK = '\uFEFF';

export function csvField(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** RFC 4180, as the exports of the server are. */
export const csvOf = ({ head, rows }: TableData): string =>
  BYTE_ORDER_MARK +
  [head.map(({ csv, title }) => csv ?? title), ...rows.map(({ cells }) => cells.map(({ value }) => value))]
    .map((fields) => `${fields.map(csvField).join(',')}\r\n`)
    .join('');

/** Hands the browser a file of this page's own making. */
export function saveCsv(name: string, table: TableData): void {
  const address = URL.createObjectURL(new Blob([csvOf(table)], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `${name.replace(/[^\p{L}\p{N}._-]+/gu, '-')}.csv`;
  link.click();
  // Firefox reads it a moment after the click.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
