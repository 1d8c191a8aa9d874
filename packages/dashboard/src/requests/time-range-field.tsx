import { type FormEvent, useEffect, useState } from 'react';
import type { RequestsSearch } from '../app/search.ts';
import { t } from '../messages/catalogue.ts';
import { Icon } from '../ui/icons.tsx';
import { type Asked, FIRST_RANGE, RANGE_NAMES } from './time-range.ts';

const OWN = 'own';

/** The last hour to the last 30 days, or an own range of the workspace's zone. */
export function TimeRange({
  asked,
  timeZone,
  onRange,
}: {
  readonly asked: Asked;
  readonly timeZone: string;
  readonly onRange: (range: Pick<RequestsSearch, 'from' | 'to'>) => void;
}) {
  const isOwn = asked.range === null;
  const [isOpen, setOpen] = useState(isOwn);
  useEffect(() => setOpen(isOwn), [isOwn]);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const [from, to] = [String(given.get('from')), String(given.get('to'))];
    if (from !== '' || to !== '') onRange({ from: from || undefined, to: to || undefined });
  };
  return (
    <form className="log-range" onSubmit={submit}>
      <span className="select">
        <select
          className="field"
          aria-label={t.requests.range}
          value={isOpen ? OWN : (asked.range ?? OWN)}
          data-testid="requests-range"
          onChange={({ target: { value } }) => {
            setOpen(value === OWN);
            if (value !== OWN) onRange({ from: value === FIRST_RANGE ? undefined : value, to: undefined });
          }}
        >
          {RANGE_NAMES.map((one) => (
            <option key={one} value={one}>
              {t.requests.ranges[one]}
            </option>
          ))}
          <option value={OWN}>{t.requests.own}</option>
        </select>
        <Icon name="updown" size="sm" />
      </span>
      {isOpen && (
        <>
          <label className="log-moment">
            <span>{t.requests.from}</span>
            <input
              key={`from ${asked.from}`}
              className="field num"
              type="datetime-local"
              name="from"
              defaultValue={asked.from}
              title={t.requests.rangeHint(timeZone)}
              aria-invalid={asked.problem === 'from' || undefined}
              data-testid="requests-from"
            />
          </label>
          <label className="log-moment">
            <span>{t.requests.to}</span>
            <input
              key={`to ${asked.to}`}
              className="field num"
              type="datetime-local"
              name="to"
              defaultValue={asked.to}
              title={t.requests.rangeHint(timeZone)}
              aria-invalid={asked.problem === 'to' || asked.problem === 'order' || undefined}
              data-testid="requests-to"
            />
          </label>
          <button className="button" type="submit" data-testid="requests-apply">
            {t.requests.apply}
          </button>
          <span className="hint">{t.requests.rangeHint(timeZone)}</span>
        </>
      )}
      {asked.problem !== null && (
        <p className="field-problem" role="alert" data-testid="requests-range-problem">
          {t.requests.problems[asked.problem]}
        </p>
      )}
    </form>
  );
}
