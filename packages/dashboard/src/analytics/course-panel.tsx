import type { AnalyticsFigures, AnalyticsOverview } from '@foyer/protocol';
import type { UseQueryResult } from '@tanstack/react-query';
import { type Cell, NOTHING, type TableData, textCell } from '../charts/table-data.ts';
import { currentLocale, t } from '../messages/catalogue.ts';
import { duration } from '../words/time.ts';
import { ChangeWord, changeOf } from './change.tsx';
import { QueryPanel } from './query-panel.tsx';

type Course = keyof typeof t.analytics.courses;
interface CourseKind {
  readonly better: 'more' | 'less' | null;
  readonly kind: 'time' | 'share' | 'number';
  readonly of: (figures: AnalyticsFigures) => number | null;
}
const per = (n: number, by: number): number | null => (by === 0 ? null : n / by);
const COURSES: Readonly<Record<Course, CourseKind>> = {
  session: { better: 'more', kind: 'time', of: (f) => f.sessionMs },
  pages: { better: 'more', kind: 'number', of: (f) => per(f.pages, f.visits) },
  bounce: { better: 'less', kind: 'share', of: (f) => per(f.bounces, f.visits) },
  returning: { better: null, kind: 'number', of: (f) => per(f.visits, f.visitors) },
  chat: { better: null, kind: 'number', of: (f) => per(f.visits, f.chats) },
};
const NAMES = Object.keys(COURSES) as Course[];

function word(kind: CourseKind['kind'], value: number): string {
  if (kind === 'time') return duration(value);
  const digits = kind === 'share' || value >= 100 ? 0 : value < 10 ? 2 : 1;
  return new Intl.NumberFormat(currentLocale(), {
    ...(kind === 'share' ? { style: 'percent' } : {}),
    maximumFractionDigits: digits,
  }).format(value);
}

/** Of the figures' own answer: how long visits were, how deep, and how many ended where they began. */
export function CoursePanel({ query }: { readonly query: UseQueryResult<AnalyticsOverview> }) {
  const { course, courses, nothing } = t.analytics;
  return (
    <QueryPanel
      query={query}
      title={course}
      isTableOnly
      testId="course-panel"
      height={286}
      csvName={query.data ? `foyer-course-${query.data.range.firstDay}-${query.data.range.lastDay}` : 'foyer'}
      nothing={({ figures }) => (figures.visits === 0 ? nothing : null)}
      table={courseTable}
    >
      {({ figures, before }) => (
        <dl className="course">
          {NAMES.map((name) => {
            const { of, kind, better } = COURSES[name];
            const value = of(figures);
            // More or less time here is not faster or slower: all of these by percentage.
            const change = changeOf('count', better, value, before ? of(before.figures) : null);
            return (
              <div key={name}>
                <dt>{courses[name]}</dt>
                <dd>
                  <b className="num">{value === null ? '–' : word(kind, value)}</b>
                  {change && <ChangeWord change={change} />}
                </dd>
              </div>
            );
          })}
        </dl>
      )}
    </QueryPanel>
  );
}

function courseTable({ figures, before }: AnalyticsOverview): TableData {
  const { course, courses, columns } = t.analytics;
  const cell = (name: Course, of: AnalyticsFigures): Cell => {
    const value = COURSES[name].of(of);
    if (value === null) return NOTHING;
    const { kind } = COURSES[name];
    return { value: kind === 'time' ? Math.round(value / 1_000) : Math.round(value * 10_000) / 10_000, shown: word(kind, value) };
  };
  return {
    head: [{ title: course }, { title: columns.value, numeric: true }, ...(before ? [{ title: t.analytics.before, numeric: true }] : [])],
    rows: NAMES.map((name) => ({
      key: name,
      cells: [
        textCell(COURSES[name].kind === 'time' ? columns.seconds(courses[name]) : courses[name], courses[name]),
        cell(name, figures),
        ...(before ? [cell(name, before.figures)] : []),
      ],
    })),
  };
}
