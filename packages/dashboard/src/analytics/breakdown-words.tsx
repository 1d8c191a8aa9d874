import type { AnalyticsDimension, AnalyticsRange, AnalyticsValue } from '@foyer/protocol';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { currentLocale, t } from '../messages/catalogue.ts';
import { Flag } from '../ui/flag.tsx';
import { countryName, deviceWord } from '../words/names.ts';

/** `Austrian German`; the tag itself when it is none. */
function languageWord(tag: string): string {
  if (tag === '') return t.words.unknown;
  try {
    return new Intl.DisplayNames([currentLocale()], { type: 'language', fallback: 'code' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
function sourceWord(source: string): string {
  const known: Readonly<Record<string, string>> = t.analytics.sources;
  return source === '' ? t.words.unknown : Object.hasOwn(known, source) ? (known[source] ?? source) : source;
}
function trafficWord(kind: string): string {
  const known: Readonly<Record<string, string>> = t.analytics.traffic;
  return Object.hasOwn(known, kind) ? (known[kind] ?? kind) : kind;
}
const or = (text: string, none: string): string => (text === '' ? none : text);

/** A value as text, for tables and files too. */
export function valueText(
  dimension: AnalyticsDimension,
  { value, label, country }: Pick<AnalyticsValue, 'value' | 'label' | 'country'>,
): string {
  switch (dimension) {
    case 'country':
    case 'chat_country':
      return value === '' ? t.words.unknown : countryName(value);
    case 'language':
      return languageWord(value);
    case 'device':
      return deviceWord(value);
    case 'source':
    case 'chat_source':
      return sourceWord(value);
    case 'traffic':
      return trafficWord(value);
    case 'referrer':
      return or(value, t.words.direct);
    case 'campaign':
      return or(value, t.analytics.noCampaign);
    case 'page':
      return or(value, t.analytics.unknownPage);
    case 'city':
      // Known by its time zone alone, a visit is from a country.
      return label === '' && country !== '' ? t.words.somewhereIn(countryName(country)) : or(label, t.words.unknown);
    default:
      return or(label, t.words.unknown);
  }
}

/** Lists of past visits can be narrowed by these. */
const LISTED: Partial<Record<AnalyticsDimension, 'country' | 'source' | 'campaign'>> = {
  country: 'country',
  source: 'source',
  campaign: 'campaign',
};

/** A value as its row shows it; with a way to its visits where the list of visits can be narrowed by it. */
export function valueLabel(q: {
  readonly dimension: AnalyticsDimension;
  readonly row: AnalyticsValue;
  readonly range: AnalyticsRange;
  readonly site: string | undefined;
}): ReactNode {
  const { dimension, row, range, site } = q;
  const text = valueText(dimension, row);
  const by = LISTED[dimension];
  const isCountry = dimension === 'country' || dimension === 'chat_country';
  return (
    <>
      {(isCountry || dimension === 'city') && <Flag country={row.country} named={isCountry} />}
      {by === undefined || row.value === '' ? (
        // What others wrote, pages and referrers and names of campaigns, may run either way.
        <bdi title={text}>{text}</bdi>
      ) : (
        <Link
          to="/analytics/visits"
          search={{ [by]: row.value, from: range.firstDay, to: range.lastDay, site }}
          title={t.analytics.visitsWith(text)}
        >
          <bdi>{text}</bdi>
        </Link>
      )}
    </>
  );
}

/** What a dimension counts. */
export const countedOf = (dimension: AnalyticsDimension): 'visits' | 'pages' | 'chats' =>
  dimension === 'page' ? 'pages' : dimension === 'chat_source' || dimension === 'chat_country' ? 'chats' : 'visits';
