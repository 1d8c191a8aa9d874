import type { RequestEntry } from '@foyer/protocol';
import { t } from '../messages/catalogue.ts';
import { number } from '../messages/format.ts';
import { Flag } from '../ui/flag.tsx';
import { dayIn, zonedDay, zonedExact, zonedSeconds } from '../words/zoned-time.ts';
import {
  countryWord,
  type FilterKey,
  markedChars,
  NO_COUNTRY,
  placeText,
  type RequestFilter,
  sourceWord,
  statusWord,
  tokenText,
  toneOf,
} from './request-filter.ts';

const SLOW_MS = 1_000;
const COLUMNS = ['at', 'source', 'endpoint', 'status', 'latency', 'ip', 'place', 'browser', 'error'] as const;
/** Said again: on a phone the lines are cards, and what is no table to the eye would be none to a screen reader. */
const CELL = { role: 'cell' } as const;

interface TableProps {
  readonly rows: readonly RequestEntry[];
  readonly filter: RequestFilter;
  readonly seesAddresses: boolean;
  readonly timeZone: string;
  readonly now: number;
  /** Others are being read: these are of the question before. */
  readonly isOld: boolean;
  readonly onToggle: (key: FilterKey, value: string) => void;
}

/** Requests, newest first. Source, endpoint, address and country filter by themselves. */
export function RequestTable(props: TableProps) {
  const columns = COLUMNS.filter((column) => props.seesAddresses || column !== 'ip');
  return (
    // A table wider than its place scrolls, and can then be reached with the keyboard.
    <div className="log-scroll" tabIndex={0} role="region" aria-label={t.requests.table} data-old={props.isOld || undefined}>
      <table className="log" role="table" aria-label={t.requests.table} data-testid="requests-table">
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <th
                key={column}
                scope="col"
                role="columnheader"
                className={column === 'latency' ? 'end' : undefined}
                {...(column === 'at' ? { 'aria-sort': 'descending' as const, title: t.requests.zone(props.timeZone) } : {})}
              >
                {t.requests.columns[column]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {props.rows.map((row) => (
            <Line key={row.id} row={row} {...props} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Line({ row, filter, seesAddresses, timeZone, now, onToggle }: TableProps & { readonly row: RequestEntry }) {
  const isToday = dayIn(row.at, timeZone) === dayIn(now, timeZone);
  const place = placeText(row);
  const pick = (key: FilterKey, value: string, text: string) => (
    <button
      className="log-pick truncate"
      dir={key === 'endpoint' ? 'ltr' : 'auto'}
      type="button"
      title={t.requests.by(tokenText(key, value))}
      aria-pressed={filter[key] === value}
      onClick={() => onToggle(key, value)}
    >
      {text}
    </button>
  );
  return (
    <tr role="row" data-testid="request-row" data-id={row.id}>
      <td {...CELL} className="num log-at">
        <time dateTime={new Date(row.at).toISOString()} title={zonedExact(row.at, timeZone)}>
          {!isToday && <span className="muted">{zonedDay(row.at, now, timeZone)} </span>}
          {zonedSeconds(row.at, timeZone)}
        </time>
      </td>
      <td {...CELL} className="log-source">
        {pick('source', row.source, sourceWord(row.source))}
      </td>
      <td {...CELL} className="mono log-endpoint">
        <span className="log-method">{row.method}</span> {pick('endpoint', row.endpoint, row.endpoint)}
      </td>
      <td {...CELL} className="log-status">
        <span className="http" data-tone={toneOf(row.status)}>
          {row.status}
        </span>{' '}
        <span className="log-word">{statusWord(row.status)}</span>
      </td>
      <td {...CELL} className="num end log-latency">
        <span className={row.latencyMs >= SLOW_MS ? 'is-slow' : undefined} title={row.latencyMs >= SLOW_MS ? t.requests.slow : undefined}>
          <bdi>{t.requests.ms(number(row.latencyMs))}</bdi>
        </span>
      </td>
      {seesAddresses && (
        <td {...CELL} className="num log-ip">
          {row.ip ? <Address ip={row.ip} searched={filter.ip} onPick={() => onToggle('ip', row.ip ?? '')} /> : <Nothing />}
        </td>
      )}
      <td {...CELL} className="log-place">
        {place === '' ? (
          <Nothing />
        ) : (
          <>
            <Flag country={row.country} named={place === countryWord(row.country)} />
            {pick('country', row.country || NO_COUNTRY, place)}
          </>
        )}
      </td>
      <td {...CELL} className="log-browser">
        <bdi className="truncate" title={row.browser}>
          {row.browser || <Nothing />}
        </bdi>
      </td>
      <td {...CELL} className="mono log-error">
        {row.error && <span title={row.error}>{row.error}</span>}
      </td>
    </tr>
  );
}

const Nothing = () => <span className="muted">—</span>;

function Address({ ip, searched, onPick }: { readonly ip: string; readonly searched: string | undefined; readonly onPick: () => void }) {
  const marked = markedChars(ip, searched);
  return (
    <button className="log-pick" type="button" title={t.requests.by(tokenText('ip', ip))} aria-pressed={searched === ip} onClick={onPick}>
      <span dir="ltr">
        {marked > 0 && <mark>{ip.slice(0, marked)}</mark>}
        {ip.slice(marked)}
      </span>
    </button>
  );
}

/** As high as a page, so that nothing jumps when it comes. */
export function TableGhost() {
  return (
    <div className="log-ghost" role="status">
      <span className="visually-hidden">{t.requests.loading}</span>
      {Array.from({ length: 12 }, (_, i) => (
        <span key={i} className="skeleton" style={{ width: `${92 - ((i * 23) % 40)}%` }} />
      ))}
    </div>
  );
}
