import { useQuery } from '@tanstack/react-query';
import type { CSSProperties, ReactNode } from 'react';
import { t } from '../messages/catalogue.ts';
import { number } from '../messages/format.ts';
import { FailureNote } from '../ui/failure.tsx';
import { Flag } from '../ui/flag.tsx';
import { countryWord, type FilterKey, NO_COUNTRY, type RequestFilter, tokenText } from './request-filter.ts';
import { MOST_TOPS, type PageQuery, topsQuery } from './requests-api.ts';

interface Top {
  readonly value: string;
  readonly name: string;
  readonly flag?: ReactNode;
  readonly requests: number;
  readonly errors: number;
  readonly meanMs?: number;
}

/** What is asked most, and from where. Each line filters the log by itself. */
export function TopLists({
  span,
  range,
  filter,
  onToggle,
}: Pick<PageQuery, 'span' | 'range'> & {
  readonly filter: RequestFilter;
  readonly onToggle: (key: FilterKey, value: string) => void;
}) {
  const { data, error } = useQuery(topsQuery({ span, range, filter }));
  if (error) return <FailureNote failure={error} />;
  return (
    <div className="tops">
      <TopList
        title={t.requests.topEndpoints}
        kind="endpoint"
        chosen={filter.endpoint}
        onToggle={onToggle}
        tops={data?.endpoints.map(({ endpoint, ...sums }) => ({ value: endpoint, name: endpoint, ...sums }))}
      />
      <TopList
        title={t.requests.topCountries}
        kind="country"
        chosen={filter.country}
        onToggle={onToggle}
        tops={data?.countries.map(({ country, ...sums }) => ({
          value: country || NO_COUNTRY,
          name: countryWord(country),
          flag: <Flag country={country} named />,
          ...sums,
        }))}
      />
    </div>
  );
}

function TopList({
  title,
  kind,
  tops,
  chosen,
  onToggle,
}: {
  readonly title: string;
  readonly kind: 'endpoint' | 'country';
  /** undefined: not read yet. */
  readonly tops: readonly Top[] | undefined;
  readonly chosen: string | undefined;
  readonly onToggle: (key: FilterKey, value: string) => void;
}) {
  const most = Math.max(1, ...(tops ?? []).map(({ requests }) => requests));
  const hasMean = kind === 'endpoint';
  return (
    <section className="card top-card" aria-label={title} aria-busy={tops === undefined} data-testid={`tops-${kind}`}>
      <header>
        <h2>{title}</h2>
        <span className="hint">{t.requests.topsOf}</span>
      </header>
      {tops === undefined && (
        <div className="top-ghost">
          {Array.from({ length: MOST_TOPS }, (_, i) => (
            <span key={i} className="skeleton" style={{ width: `${88 - i * 12}%` }} />
          ))}
        </div>
      )}
      {tops?.length === 0 && <p className="hint top-none">{t.requests.noTops}</p>}
      {tops && tops.length > 0 && (
        <table className="tops-table" data-kind={kind}>
          <thead>
            <tr>
              <th scope="col">{kind === 'endpoint' ? t.requests.columns.endpoint : t.requests.country}</th>
              <th scope="col">{t.requests.requests}</th>
              <th scope="col">{t.requests.errors}</th>
              {hasMean && <th scope="col">{t.requests.mean}</th>}
            </tr>
          </thead>
          <tbody>
            {tops.map((top) => (
              <tr
                key={top.value}
                data-chosen={top.value === chosen || undefined}
                style={{ '--share': `${((top.requests / most) * 100).toFixed(1)}%` } as CSSProperties}
              >
                <th scope="row">
                  <button
                    type="button"
                    className={kind === 'endpoint' ? 'mono' : undefined}
                    aria-pressed={top.value === chosen}
                    title={t.requests.by(tokenText(kind, top.value))}
                    data-testid="top"
                    onClick={() => onToggle(kind, top.value)}
                  >
                    {top.flag}
                    <bdi className="truncate">{top.name}</bdi>
                  </button>
                </th>
                <td className="num">{number(top.requests)}</td>
                <td className="num" data-errors={top.errors > 0 || undefined}>
                  {number(top.errors)}
                </td>
                {hasMean && (
                  <td className="num">
                    <bdi>{t.requests.ms(number(top.meanMs ?? 0))}</bdi>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
