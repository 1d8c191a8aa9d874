import type { RequestEntry } from '@foyer/protocol';
import type { TableData } from '../charts/table-data.ts';

const COLUMNS = ['at', 'source', 'method', 'endpoint', 'status', 'latencyMs', 'ip', 'country', 'city', 'browser', 'error'] as const;

/** Requests as a file has them: with the names and values of the API. Without addresses where there are none to see. */
export function requestsTable(rows: readonly RequestEntry[], seesAddresses: boolean): TableData {
  const columns = COLUMNS.filter((column) => seesAddresses || column !== 'ip');
  const cellOf = (row: RequestEntry, column: (typeof COLUMNS)[number]) => {
    const value = column === 'at' ? new Date(row.at).toISOString() : (row[column] ?? '');
    return { value, shown: String(value) };
  };
  return {
    head: columns.map((column) => ({ title: column })),
    rows: rows.map((row) => ({ key: row.id, cells: columns.map((column) => cellOf(row, column)) })),
  };
}
