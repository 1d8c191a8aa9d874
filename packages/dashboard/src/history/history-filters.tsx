import type { Site } from '@foyer/protocol';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { choicesQuery } from '../api/history-queries.ts';
import { t } from '../messages/catalogue.ts';
import { Flag } from '../ui/flag.tsx';
import { Icon } from '../ui/icons.tsx';
import { Menu } from '../ui/menu.tsx';
import { countryName } from '../words/names.ts';
import { ChipWord, FilterPicker } from './filter-picker.tsx';
import { TimeFilter } from './time-filter.tsx';
import { type HistoryAddress, type HistoryKind, NO_FILTER } from './use-history-address.ts';
import type { GoalNames } from './use-goal-names.ts';

const SOURCES = ['widget', 'whatsapp', 'api', 'fluent_support', 'playground'] as const;

/** What the list is narrowed to, each a button that says so. */
export function HistoryFilters({
  kind,
  address,
  sites,
  goals,
  today,
  zone,
  isSaidBelow,
}: {
  readonly kind: HistoryKind;
  readonly address: HistoryAddress;
  readonly sites: readonly Site[];
  readonly goals: GoalNames;
  readonly today: string;
  readonly zone: string;
  /** The list has the way to clear them itself. */
  readonly isSaidBelow: boolean;
}) {
  const { search, narrow, isNarrowed } = address;
  const [wantsCountries, setWantsCountries] = useState(false);
  const [wantsCampaigns, setWantsCampaigns] = useState(false);
  const countries = useQuery({ ...choicesQuery('country', search.site), enabled: wantsCountries });
  const campaigns = useQuery({ ...choicesQuery('campaign', search.site), enabled: wantsCampaigns });
  const { filters } = t.history;
  const country = search.country?.toUpperCase();
  const among = (values: readonly string[] | undefined, chosen: string | undefined): readonly string[] | undefined =>
    values && chosen !== undefined && !values.includes(chosen) ? [chosen, ...values] : values;
  return (
    <div className="history-filters" role="group" aria-label={filters.label}>
      {sites.length > 1 && (
        <Few
          id="site"
          word={filters.site}
          any={filters.anySite}
          value={search.site}
          choices={sites.map(({ id, name, domain }) => ({ value: id, word: name, hint: domain }))}
          onChoose={(site) => narrow({ site })}
        />
      )}
      <TimeFilter range={search} today={today} zone={zone} onRange={narrow} />
      <FilterPicker
        word={filters.country}
        any={filters.anyCountry}
        value={country}
        valueWord={countryName(country ?? '')}
        choices={among(countries.data, country)?.map((code) => ({
          value: code,
          label: countryName(code),
          icon: <Flag country={code} named />,
        }))}
        testId="filter-country"
        onNear={() => setWantsCountries(true)}
        onChoose={(one) => narrow({ country: one })}
      />
      <Few
        id="source"
        word={filters.source}
        any={filters.anySource}
        value={search.source}
        choices={SOURCES.map((value) => ({ value, word: t.history.sources[value] }))}
        onChoose={(source) => narrow({ source })}
      />
      {(goals.all.length > 0 || search.goal !== undefined) && (
        <Few
          id="goal"
          word={filters.goal}
          any={filters.anyGoal}
          value={search.goal}
          choices={goals.all.map(({ id, name }) => ({ value: id, word: name }))}
          onChoose={(goal) => narrow({ goal })}
        />
      )}
      <FilterPicker
        word={filters.campaign}
        any={filters.anyCampaign}
        value={search.campaign}
        valueWord={search.campaign ?? ''}
        choices={among(campaigns.data, search.campaign)?.map((campaign) => ({ value: campaign, label: campaign }))}
        mayTypeAny
        testId="filter-campaign"
        onNear={() => setWantsCampaigns(true)}
        onChoose={(campaign) => narrow({ campaign })}
      />
      <Few
        id="conversation"
        word={filters.conversation}
        any={filters.anyConversation}
        value={search.conversation}
        choices={[
          { value: 'true', word: filters.with },
          { value: 'false', word: filters.without },
        ]}
        onChoose={(conversation) => narrow({ conversation })}
      />
      {kind === 'people' && (
        <Few
          id="website"
          word={filters.website}
          any={filters.anyWebsite}
          value={search.website}
          choices={[
            { value: 'true', word: filters.onWebsite },
            { value: 'false', word: filters.elsewhere },
          ]}
          onChoose={(website) => narrow({ website })}
        />
      )}
      {isNarrowed && !isSaidBelow && (
        <button
          className="button button-sm button-ghost clear-filters"
          type="button"
          data-testid="clear-filters"
          onClick={() => narrow(NO_FILTER)}
        >
          <Icon name="x" size="xs" />
          {filters.clear}
        </button>
      )}
    </div>
  );
}

/** A filter with a handful of values. */
function Few({
  id,
  word,
  any,
  value,
  choices,
  onChoose,
}: {
  readonly id: string;
  readonly word: string;
  readonly any: string;
  readonly value: string | undefined;
  readonly choices: readonly { readonly value: string; readonly word: string; readonly hint?: string }[];
  readonly onChoose: (value: string | undefined) => void;
}) {
  const chosen = value === undefined ? undefined : (choices.find((one) => one.value === value)?.word ?? value);
  const label = (text: string, hint?: string): ReactNode => (
    <bdi className="truncate">
      {text} {hint !== undefined && <span className="muted">{hint}</span>}
    </bdi>
  );
  return (
    <Menu
      button={<ChipWord word={word} value={chosen} />}
      buttonLabel={chosen === undefined ? word : t.history.filters.is(word, chosen)}
      buttonClass={chosen === undefined ? 'button button-sm chip' : 'button button-sm chip chip-on'}
      testId={`filter-${id}`}
      groups={[
        { items: [{ id: 'any', label: any, checked: value === undefined, onSelect: () => onChoose(undefined) }] },
        {
          items: choices.map((one) => ({
            id: one.value,
            label: label(one.word, one.hint),
            checked: one.value === value,
            onSelect: () => onChoose(one.value),
          })),
        },
      ]}
    />
  );
}
