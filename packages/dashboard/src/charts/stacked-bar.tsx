import './charts.css';
import { useId } from 'react';
import { number, percent } from '../messages/format.ts';

export interface Part {
  readonly key: string;
  readonly word: string;
  readonly count: number;
}
/** Four patterns that differ without colour: plain, slanted, dotted, crossed. */
const PATTERNS = ['plain', 'slanted', 'dotted', 'crossed'] as const;

/** Parts of a whole in one bar, with a line for each below it: the same pattern, its word, count and share. At most four parts. */
export function StackedBar({ label, parts }: { readonly label: string; readonly parts: readonly Part[] }) {
  const id = useId();
  const all = parts.reduce((sum, { count }) => sum + count, 0);
  const share = (count: number): number => (all === 0 ? 0 : count / all);
  const fill = (i: number): string => `url(#${id}${PATTERNS[i % PATTERNS.length]})`;
  /** Where each part begins, 0 to 1. */
  const starts = parts.map((_, i) => share(parts.slice(0, i).reduce((sum, { count }) => sum + count, 0)));
  return (
    <figure className="stacked" data-testid="stacked-bar">
      <svg className="stacked-bar" width="100%" height="20" aria-hidden="true">
        <defs>
          <pattern id={`${id}plain`} width="8" height="8" patternUnits="userSpaceOnUse">
            <rect className="p1" width="8" height="8" />
          </pattern>
          <pattern id={`${id}slanted`} width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect className="p2" width="8" height="8" />
            <rect className="p-ink" width="2.5" height="8" />
          </pattern>
          <pattern id={`${id}dotted`} width="8" height="8" patternUnits="userSpaceOnUse">
            <rect className="p3" width="8" height="8" />
            <circle className="p-ink" cx="4" cy="4" r="1.6" />
          </pattern>
          <pattern id={`${id}crossed`} width="8" height="8" patternUnits="userSpaceOnUse">
            <rect className="p3" width="8" height="8" />
            <path className="p-line" d="M0 4h8M4 0v8" />
          </pattern>
        </defs>
        {parts.map(({ key, count }, i) => (
          <rect key={key} x={`${starts[i]! * 100}%`} width={`${share(count) * 100}%`} height="20" fill={fill(i)} />
        ))}
        {starts.map((at, i) =>
          at > 0 && at < 1 ? (
            <line key={parts[i]!.key} className="stacked-cut" x1={`${at * 100}%`} x2={`${at * 100}%`} y1="0" y2="20" />
          ) : null,
        )}
      </svg>
      <table className="stacked-parts">
        <caption className="visually-hidden">{label}</caption>
        <tbody>
          {parts.map(({ key, word, count }, i) => (
            <tr key={key}>
              <th scope="row">
                <span className="stacked-word">
                  <svg className="swatch" width="12" height="12" aria-hidden="true">
                    <rect width="12" height="12" rx="2" fill={fill(i)} />
                  </svg>
                  {word}
                </span>
              </th>
              <td className="num">{number(count)}</td>
              <td className="num muted">{percent(share(count))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
