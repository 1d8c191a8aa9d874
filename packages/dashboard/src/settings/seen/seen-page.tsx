import './seen.css';
import { useQuery } from '@tanstack/react-query';
import type { Seen } from '@foyer/protocol';
import { seenQuery } from '../../app/query-client.ts';
import { t } from '../../messages/catalogue.ts';
import { timeOfDay } from '../../messages/format.ts';
import { FailureNote } from '../../ui/failure.tsx';
import { Icon } from '../../ui/icons.tsx';
import { SettingsHead } from '../settings-head.tsx';
import { AdviceNote } from './advice-note.tsx';
import { Facts } from './facts.tsx';
import { Outcome } from './outcome.tsx';
import { WayLine } from './way-line.tsx';

/** What Foyer would know of the browser in front of it, judged by the same code as a visitor, with where each fact comes from. */
export function SeenPage() {
  const { data, error, isFetching, refetch, dataUpdatedAt } = useQuery(seenQuery);
  return (
    <div className="settings-page seen" aria-busy={isFetching}>
      <SettingsHead title={t.shell.seen} text={t.seen.text}>
        <button className="button" type="button" disabled={isFetching} data-testid="seen-again" onClick={() => void refetch()}>
          <Icon name="retry" size="sm" />
          {isFetching ? t.seen.checking : t.seen.again}
        </button>
      </SettingsHead>
      {error && !isFetching ? <FailureNote failure={error} /> : null}
      {data ? <Answer seen={data} at={dataUpdatedAt} /> : !error && <Skeleton />}
    </div>
  );
}

function Answer({ seen, at }: { readonly seen: Seen; readonly at: number }) {
  return (
    <>
      <Outcome seen={seen} />
      <h2 className="seen-title">{t.seen.way}</h2>
      <WayLine address={seen.address} />
      <AdviceNote address={seen.address} />
      <h2 className="seen-title">{t.seen.facts}</h2>
      <Facts seen={seen} />
      <p className="hint" role="status" data-testid="seen-at">
        {t.seen.checkedAt(timeOfDay(at))}
      </p>
    </>
  );
}

function Skeleton() {
  return (
    <div aria-hidden="true">
      {[76, 128, 320].map((height) => (
        <div key={height} className="card seen-skeleton" style={{ minHeight: height }}>
          <span className="skeleton" />
        </div>
      ))}
    </div>
  );
}
