import './charts.css';
import type { TableData } from './table-data.ts';

/** A table of figures, as it stands behind a chart or by itself. It scrolls within its place, with keys too. */
export function DataTable({ caption, table }: { readonly caption: string; readonly table: TableData }) {
  return (
    <div className="table-scroll" role="group" aria-label={caption} tabIndex={0} data-testid="data-table">
      <table className="data-table">
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {table.head.map(({ title, numeric }, i) => (
              <th key={`${i} ${title}`} scope="col" className={numeric ? 'end' : undefined}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map(({ key, cells }) => (
            <tr key={key}>
              {cells.map(({ shown }, i) => {
                const isNumeric = table.head[i]?.numeric;
                return i === 0 ? (
                  <th key={i} scope="row" dir="auto">
                    {shown}
                  </th>
                ) : (
                  <td key={i} className={isNumeric ? 'num end' : undefined}>
                    {shown}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
