import type { AnalyticsFigures, AnalyticsPoint } from '@foyer/protocol';
import { currentLocale, t } from '../messages/catalogue.ts';
import { number } from '../messages/format.ts';
import type { Cell } from '../charts/table-data.ts';
import { countCell, NOTHING } from '../charts/table-data.ts';
import type { ScaleKind } from '../charts/scale.ts';
import { duration } from '../words/time.ts';

export const FIGURES = ['visits', 'visitors', 'pages', 'chats', 'messages', 'firstReply', 'resolution', 'rating', 'bot'] as const;
export type Figure = (typeof FIGURES)[number];
export const isFigure = (text: string | undefined): text is Figure => FIGURES.some((figure) => figure === text);

interface FigureKind {
  readonly kind: ScaleKind;
  /** Which way is good news; null: neither. */
  readonly better: 'more' | 'less' | null;
  readonly of: (figures: AnalyticsFigures) => number | null;
  readonly at: (point: AnalyticsPoint) => number | null;
}
export const KINDS: Readonly<Record<Figure, FigureKind>> = {
  visits: { kind: 'count', better: 'more', of: (f) => f.visits, at: (p) => p.visits },
  visitors: { kind: 'count', better: 'more', of: (f) => f.visitors, at: (p) => p.visitors },
  pages: { kind: 'count', better: 'more', of: (f) => f.pages, at: (p) => p.pages },
  chats: { kind: 'count', better: null, of: (f) => f.chats, at: (p) => p.chats },
  messages: { kind: 'count', better: null, of: (f) => f.messages, at: (p) => p.messages },
  firstReply: { kind: 'time', better: 'less', of: (f) => f.firstReplyMs, at: (p) => p.service?.firstReplyMs ?? null },
  resolution: { kind: 'time', better: 'less', of: (f) => f.resolutionMs, at: (p) => p.service?.resolutionMs ?? null },
  rating: { kind: 'stars', better: 'more', of: (f) => meanStars(f.ratings), at: (p) => meanStars(p.service?.ratings ?? []) },
  bot: { kind: 'count', better: null, of: (f) => f.botChats, at: (p) => p.service?.botChats ?? null },
};

/** null: nobody gave any. */
export function meanStars(ratings: readonly number[]): number | null {
  const count = ratings.reduce((sum, n) => sum + n, 0);
  return count === 0 ? null : ratings.reduce((sum, n, i) => sum + n * (i + 1), 0) / count;
}

export const starsWord = (stars: number): string => fixed(1).format(stars);
const fixed = (digits: number): Intl.NumberFormat =>
  new Intl.NumberFormat(currentLocale(), { minimumFractionDigits: digits, maximumFractionDigits: digits });
/** `1.2M`: seven digits have no room in a card. */
const short = (n: number): string => new Intl.NumberFormat(currentLocale(), { notation: 'compact', maximumFractionDigits: 1 }).format(n);
const SHORT_FROM = 1_000_000;

export const valueWord = (kind: ScaleKind, value: number): string =>
  kind === 'time' ? duration(value) : kind === 'stars' ? starsWord(value) : number(value);
export const cardWord = (kind: ScaleKind, value: number): string =>
  kind === 'count' && value >= SHORT_FROM ? short(value) : valueWord(kind, value);
/** On an axis, where stars have no tenths. */
export const axisWord = (kind: ScaleKind, value: number): string =>
  kind === 'stars'
    ? number(value)
    : kind === 'count' && value >= 10_000
      ? short(value)
      : kind === 'time'
        ? axisTime(value)
        : valueWord(kind, value);
/** Whole units only: a scale's lines are round. */
function axisTime(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  const { units } = t.analytics;
  if (seconds >= 86_400 && seconds % 86_400 === 0) return units.day(number(seconds / 86_400));
  if (seconds >= 3_600 && seconds % 3_600 === 0) return units.hour(number(seconds / 3_600));
  return seconds >= 60 && seconds % 60 === 0 ? units.minute(number(seconds / 60)) : units.second(number(seconds));
}
/** Bounds of classes of times: `30 s`, `5 min`, `1 h`. */
export const boundWord = axisTime;

/** For a table: as it is read, and as a spreadsheet can reckon with it (times in seconds). */
export function figureCell(kind: ScaleKind, value: number | null): Cell {
  if (value === null) return NOTHING;
  if (kind === 'count') return countCell(value);
  return { value: kind === 'time' ? Math.round(value / 100) / 10 : Math.round(value * 100) / 100, shown: valueWord(kind, value) };
}
export const figureHead = (figure: Figure): { title: string; csv: string; numeric: true } => {
  const title = t.analytics.figures[figure];
  return { title, csv: KINDS[figure].kind === 'time' ? t.analytics.columns.seconds(title) : title, numeric: true };
};
