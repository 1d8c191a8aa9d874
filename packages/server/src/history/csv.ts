/** CSV by RFC 4180, for people who open it in a spreadsheet. */

/** A spreadsheet takes what begins with these for a formula and runs it: a quote before it makes it text (OWASP, CSV injection). */
const FORMULA = /^[\s]*[=+\-@\t\r\n]/;

export function csvField(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
const csvLine = (fields: readonly (string | number)[]): string => `${fields.map(csvField).join(',')}\r\n`;

/** Spreadsheets take a file without it for their own country's code page. */
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * A table as a stream: pages are read as the receiver takes them, so a slow one costs no memory, and one that goes ends the reading.
 * `page` answers the rows after a cursor and the next cursor, null: that was all.
 */
export function csvStream<Row>(q: {
  head: readonly string[];
  page: (after: string | undefined) => Promise<{ rows: readonly Row[]; next: string | null }>;
  fieldsOf: (row: Row) => readonly (string | number)[];
}): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let after: string | undefined;
  let begun = false;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (!begun) {
          begun = true;
          controller.enqueue(encoder.encode(BYTE_ORDER_MARK + csvLine(q.head)));
          return;
        }
        // A page may be empty and not the last one.
        for (;;) {
          const { rows, next } = await q.page(after);
          if (rows.length > 0) controller.enqueue(encoder.encode(rows.map((row) => csvLine(q.fieldsOf(row))).join('')));
          if (next === null) return controller.close();
          after = next;
          if (rows.length > 0) return;
        }
      },
    },
    { highWaterMark: 0 },
  );
}
