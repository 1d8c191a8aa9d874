import { ChartIcon } from '../charts/chart-icon.tsx';
import type { ScaleKind } from '../charts/scale.ts';
import { currentLocale, t } from '../messages/catalogue.ts';
import { duration } from '../words/time.ts';

export interface Change {
  readonly word: string;
  readonly way: 'up' | 'down' | 'same';
  readonly tone: 'good' | 'bad' | 'even';
}
/** Beyond ten times as much a percentage says nothing any more, and there is no room for it. */
const MOST = 9.99;

/** What became of a figure against the range before; null where one of the two is not known. */
export function changeOf(kind: ScaleKind, better: 'more' | 'less' | null, now: number | null, before: number | null): Change | null {
  if (now === null || before === null) return null;
  const { isNew, same, faster, slower } = t.analytics;
  const by = now - before;
  const way = by > 0 ? 'up' : by < 0 ? 'down' : 'same';
  const tone = way === 'same' || better === null ? 'even' : (way === 'up') === (better === 'more') ? 'good' : 'bad';
  const signed = (options: Intl.NumberFormatOptions, n: number): string =>
    new Intl.NumberFormat(currentLocale(), { signDisplay: 'exceptZero', ...options }).format(n);
  if (kind === 'time') {
    const seconds = Math.round(Math.abs(by) / 1_000);
    if (seconds === 0) return { word: same, way: 'same', tone: 'even' };
    const time = duration(seconds * 1_000);
    return { word: by < 0 ? faster(time) : slower(time), way, tone };
  }
  if (kind === 'stars') {
    if (Math.abs(by) < 0.05) return { word: same, way: 'same', tone: 'even' };
    return { word: signed({ maximumFractionDigits: 1, minimumFractionDigits: 1 }, by), way, tone };
  }
  if (before === 0) return { word: now === 0 ? same : isNew, way, tone };
  const share = by / before;
  // What is written as 0 % is none.
  if (Math.abs(share) < 0.0005) return { word: same, way: 'same', tone: 'even' };
  if (share > MOST) return { word: `>${signed({ style: 'percent', maximumFractionDigits: 0 }, MOST)}`, way, tone };
  const digits = Math.abs(share) < 0.1 ? 1 : 0;
  return { word: signed({ style: 'percent', maximumFractionDigits: digits }, share), way, tone };
}

/** The way is said by its icon and its sign, good or bad by the colour besides. */
export function ChangeWord({ change, title }: { readonly change: Change; readonly title?: string }) {
  return (
    <span className="change" data-tone={change.tone} title={title}>
      {change.way !== 'same' && <ChartIcon name={change.way === 'up' ? 'trendup' : 'trenddown'} size="xs" />}
      {change.word}
    </span>
  );
}
