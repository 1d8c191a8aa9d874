import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { t } from '../messages/catalogue.ts';
import { number } from '../messages/format.ts';
import { Flag } from '../ui/flag.tsx';
import { Icon } from '../ui/icons.tsx';
import { countryName, deviceWord } from '../words/names.ts';
import { HISTORY_PATHS, type HistoryKind } from './use-history-address.ts';
import type { GoalNames } from './use-goal-names.ts';

/** What a list needs besides its rows. */
export interface ListFrame {
  readonly zone: string;
  readonly now: number;
  readonly goals: GoalNames;
  /** '' where there is only one site. */
  readonly siteName: (id: string) => string;
  readonly open: string | undefined;
  /** The row that the keyboard stands on: the only one that Tab reaches. */
  readonly current: string | undefined;
}

/** A value, and a quieter one below it. */
export function Two({
  first,
  second,
  title,
}: {
  readonly first: ReactNode;
  readonly second: ReactNode;
  readonly title?: string | undefined;
}) {
  return (
    <>
      <bdi className="first truncate" title={title}>
        {first}
      </bdi>
      <bdi className="second truncate">{second}</bdi>
    </>
  );
}
export const None = () => <span className="muted">{t.history.none}</span>;

/** The way to a row's details: a real link, so that it opens in another tab too. */
export function RowLink({
  kind,
  id,
  frame,
  className,
  children,
}: {
  readonly kind: HistoryKind;
  readonly id: string;
  readonly frame: ListFrame;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  return (
    <Link
      to={HISTORY_PATHS[kind]}
      search={(old) => ({ ...old, open: id })}
      replace={frame.open !== undefined}
      preload={false}
      className={className}
      tabIndex={frame.current === id ? 0 : -1}
      aria-current={frame.open === id ? 'true' : undefined}
      data-row={id}
      data-testid="history-link"
    >
      {children}
    </Link>
  );
}

interface Placed {
  readonly country: string;
  readonly region: string;
  readonly city: string;
}
export function Place({ of, second }: { readonly of: Placed; readonly second?: ReactNode }) {
  const country = of.country === '' ? '' : countryName(of.country);
  const nearest = of.city || of.region || country;
  if (nearest === '')
    return (
      <span className="placed">
        <Flag country="" named />
        <span className="two">
          <Two first={<span className="muted">{t.history.unknownPlace}</span>} second={second ?? ''} />
        </span>
      </span>
    );
  return (
    <span className="placed">
      <Flag country={of.country} named />
      <span className="two">
        <Two first={<bdi>{nearest}</bdi>} second={second ?? (nearest === country ? '' : country)} title={country} />
      </span>
    </span>
  );
}

export function Browser({
  of,
}: {
  readonly of: { readonly browser: string; readonly browserVersion?: string; readonly os: string; readonly device: string };
}) {
  if (of.browser === '' && of.os === '') return <None />;
  const below = [of.os, of.device === '' ? '' : deviceWord(of.device)].filter((part) => part !== '').join(', ');
  return <Two first={<bdi>{`${of.browser} ${of.browserVersion ?? ''}`.trim() || t.words.unknown}</bdi>} second={<bdi>{below}</bdi>} />;
}

/** Words for a source; one that a later version sends stays as it came. */
export const sourceWord = (source: string): string => {
  const known: Readonly<Record<string, string>> = t.history.sources;
  return Object.hasOwn(known, source) ? (known[source] ?? source) : source;
};

export function Chats({ count }: { readonly count: number }) {
  if (count === 0) return <None />;
  return (
    <span className="chats num">
      <Icon name="chat" size="sm" />
      <span aria-hidden="true">{number(count)}</span>
      <span className="visually-hidden">{t.history.chats(count)}</span>
    </span>
  );
}

/** The first two, and how many more there are. */
export function GoalTags({ goals, max = 2 }: { readonly goals: readonly string[]; readonly max?: number }) {
  return (
    <>
      {goals.slice(0, max).map((goal, i) => (
        <span key={`${i} ${goal}`} className="tag goal-tag" title={goal}>
          <Icon name="goal" />
          <bdi className="truncate">{goal}</bdi>
        </span>
      ))}
      {goals.length > max && (
        <span className="hint" title={goals.slice(max).join(', ')}>
          {t.history.moreGoals(goals.length - max)}
        </span>
      )}
    </>
  );
}
