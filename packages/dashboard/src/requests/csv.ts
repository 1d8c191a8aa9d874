import type { RequestEntry } from '@foyer/protocol';

/** Excel and its like run what begins so. */
const FORMULA = /^[=+\-@\t\r]/;
const field = (value: string | number): string => {
  const text = typeof value === 'string' && FORMULA.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const COLUMNS = ['at', 'source', 'method', 'endpoint', 'status', 'latencyMs', 'ip', 'country', 'city', 'browser', 'error'] as const;

/** Requests by RFC 4180, with a byte order mark so that Excel reads it as UTF-8. Without addresses where there are none to see. */
export function requestsCsv(rows: readonly RequestEntry[], seesAddresses: boolean): string {
  const columns = COLUMNS.filter((column) => seesAddresses || column !== 'ip');
  const lines = rows.map((row) => columns.map((column) => field(column === 'at' ? new Date(row.at).toISOString() : (row[column] ?? ''))));
  return `\uFEFF${[columns, ...lines].map((line) => `${line.join(',')}\r\n`).join('')}`;
}

/** Gives a file to the browser to save. */
export function saveFile(name: string, text: string, type = 'text/csv;charset=utf-8'): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has begun to read it when the click returns; Safari only a moment later.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
