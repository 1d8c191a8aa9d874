import './suggestions.css';
import type { Field } from '@foyer/domain/rules';
import type { Goal, Place, Row, Site, Status } from '@foyer/protocol';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useMemo } from 'react';
import { allGoalsQuery } from '../api/rules-api.ts';
import { useLive } from '../app/live.ts';
import type { ViewStore } from '../live/view-store.ts';
import { t } from '../messages/catalogue.ts';
import { languageName, number } from '../messages/format.ts';
import { Flag } from '../ui/flag.tsx';
import { contextWord, countryName, deviceWord, statusWord } from '../words/names.ts';
import { goalWord } from '../words/goals.ts';
import { lastWord } from '../words/last-word.ts';
import { type Known, type Suggestion, suggest } from './suggest.ts';

/** What is known of everybody here, as it is the moment the draft changes: a list that reorders itself cannot be picked from. */
export interface SuggestSource {
  readonly everybody: ViewStore | null;
  readonly rows: () => readonly Row[];
  readonly sites: readonly Site[];
}

/** The list under the filter field. The field keeps the focus; `active` is the option the arrows are on. */
export function Suggestions({
  id,
  draft,
  active,
  source,
  onOptions,
  onPick,
}: {
  readonly id: string;
  readonly draft: string;
  readonly active: number;
  readonly source: SuggestSource;
  readonly onOptions: (options: readonly Suggestion[]) => void;
  readonly onPick: (suggestion: Suggestion) => void;
}) {
  const { places } = useLive();
  const { data: goals } = useQuery(allGoalsQuery(source.sites));
  const options = useMemo(() => {
    const word = lastWord(draft);
    const found = suggest(
      word,
      knownOf(source, (index) => places.get(index), goals ?? NO_GOALS),
    );
    // What is typed to its end is no suggestion, and would only cover the list.
    return found.length === 1 && found[0]?.insert === word ? [] : found;
  }, [draft, source, places, goals]);
  const tell = useEffectEvent(onOptions);
  useEffect(() => tell(options), [options]);
  if (options.length === 0) return null;
  return (
    <div className="suggestions floating">
      <ul id={id} role="listbox" aria-label={t.visit.suggestions.label} data-testid="suggestions">
        {options.map((option, i) => (
          <li
            key={option.insert}
            id={`${id}-${i}`}
            className="suggestion"
            role="option"
            aria-selected={i === active}
            data-testid="suggestion"
            // The field must not lose the focus to the click.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onPick(option)}
          >
            <Mark option={option} />
            <bdi className="truncate">{option.text}</bdi>
            <span className="muted truncate">{option.kind === 'field' ? t.visit.suggestions.fields[option.field] : option.insert}</span>
            {option.count !== null && <span className="tally num">{number(option.count)}</span>}
          </li>
        ))}
      </ul>
      <p className="hint suggest-hint">{t.visit.suggestions.hint}</p>
    </div>
  );
}

function Mark({ option }: { readonly option: Suggestion }) {
  if (option.kind === 'value' && option.field === 'country')
    return <Flag country={(/[:,]"?([a-z]{2})"?$/i.exec(option.insert)?.[1] ?? '').toUpperCase()} named />;
  if (option.kind === 'value' && option.field === 'status')
    return <span className="dot" data-status={/(\w+)"?$/.exec(option.insert)?.[1]} aria-hidden="true" />;
  return null;
}

const NO_GOALS: readonly Goal[] = [];

function knownOf(source: SuggestSource, placeAt: (index: number) => Place | undefined, goals: readonly Goal[]): Known {
  const found: { place: Place; count: number }[] = [];
  for (const [index, [, ...counts]] of source.everybody?.cities ?? []) {
    const place = placeAt(index);
    if (place) found.push({ place, count: counts.reduce((sum, n) => sum + n, 0) });
  }
  return {
    totals: source.everybody?.totals ?? null,
    places: found,
    sites: source.sites,
    goals,
    rows: source.rows(),
    nameOf: (field, value) => nameOf(field, value, goals),
  };
}

function nameOf(field: Field, value: string, goals: readonly Goal[]): string {
  switch (field) {
    case 'country':
      return countryName(value);
    case 'status':
      return statusWord(value as Status);
    case 'device':
      return deviceWord(value);
    case 'context':
      return contextWord(value);
    case 'goal':
      return goalWord(value, goals);
    case 'lang': {
      const name = languageName(value);
      return name === value ? value : `${name} (${value})`;
    }
    case 'is':
      return (t.visit.suggestions.is as Readonly<Record<string, string>>)[value] ?? value;
    default:
      return value;
  }
}
