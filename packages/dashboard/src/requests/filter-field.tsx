import { REQUEST_SOURCES } from '@foyer/protocol';
import { useQueryClient } from '@tanstack/react-query';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import type { RequestsSearch } from '../app/search.ts';
import { t } from '../messages/catalogue.ts';
import { Icon } from '../ui/icons.tsx';
import {
  ALL_SOURCES,
  FILTER_KEYS,
  type FilterRules,
  type RequestFilter,
  sourceWord,
  STATUS_CLASSES,
  tokenText,
  understand,
} from './request-filter.ts';
import type { RequestTops } from '@foyer/protocol';

/** Terms as tokens in one field; the two that are chosen from a few have lists of their own beside it. */
export function FilterField({
  filter,
  rules,
  onChange,
  onClear,
}: {
  readonly filter: RequestFilter;
  readonly rules: FilterRules;
  readonly onChange: (change: Partial<RequestsSearch>) => void;
  readonly onClear: () => void;
}) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const terms = FILTER_KEYS.flatMap((key) => {
    const value = filter[key];
    return value === undefined ? [] : [{ key, value, text: tokenText(key, value) }];
  });
  const add = (): void => {
    if (typed.trim() === '') return;
    const term = understand(typed, rules);
    if (!term.ok) return setProblem(term.problem);
    setTyped('');
    setProblem('');
    onChange({ [term.key]: term.value });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const last = terms.at(-1);
    if (event.key === 'Enter') {
      event.preventDefault();
      add();
    } else if (event.key === 'Backspace' && typed === '' && last) onChange({ [last.key]: undefined });
    else if (event.key === 'Escape' && typed !== '') {
      event.stopPropagation();
      setTyped('');
      setProblem('');
    }
  };
  return (
    <div className="log-head">
      <div className="field log-filter" data-invalid={problem !== '' || undefined}>
        <Icon name="search" />
        {terms.map(({ key, text }) => (
          <span className="token" key={key} data-testid="requests-token">
            <bdi className="truncate">{text}</bdi>
            <button
              type="button"
              aria-label={t.requests.remove(text)}
              onClick={() => {
                onChange({ [key]: undefined });
                input.current?.focus();
              }}
            >
              <Icon name="x" />
            </button>
          </span>
        ))}
        <input
          ref={input}
          type="text"
          value={typed}
          list={`${id}s`}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          dir="auto"
          maxLength={300}
          aria-label={t.requests.filter}
          aria-invalid={problem !== '' || undefined}
          aria-describedby={problem === '' ? `${id}h` : `${id}p`}
          placeholder={terms.length === 0 ? t.requests.filterPlaceholder : ''}
          title={t.requests.filterHint}
          data-testid="requests-filter"
          onChange={(event) => {
            setTyped(event.target.value);
            setProblem('');
          }}
          onKeyDown={onKeyDown}
          onBlur={add}
        />
        <span className="visually-hidden" id={`${id}h`}>
          {t.requests.filterHint}
        </span>
        <Known id={`${id}s`} typed={typed} />
        {terms.length > 0 && (
          <button
            className="icon-button icon-button-sm"
            type="button"
            aria-label={t.requests.clear}
            title={t.requests.clear}
            onClick={onClear}
          >
            <Icon name="x" size="sm" />
          </button>
        )}
      </div>
      <span className="select">
        <select
          className="field"
          aria-label={t.requests.sourceLabel}
          value={filter.source ?? ''}
          data-testid="requests-source"
          onChange={(event) => onChange({ source: event.target.value || undefined })}
        >
          <option value="">{t.requests.anySource}</option>
          <option value={ALL_SOURCES}>{t.requests.everySource}</option>
          {REQUEST_SOURCES.map((one) => (
            <option key={one} value={one}>
              {sourceWord(one)}
            </option>
          ))}
        </select>
        <Icon name="updown" size="sm" />
      </span>
      <span className="select">
        <select
          className="field"
          aria-label={t.requests.statusLabel}
          value={filter.status ?? ''}
          data-testid="requests-status"
          onChange={(event) => onChange({ status: event.target.value || undefined })}
        >
          <option value="">{t.requests.anyStatus}</option>
          {STATUS_CLASSES.map((one) => (
            <option key={one} value={one}>
              {t.requests.classChoice[one]}
            </option>
          ))}
        </select>
        <Icon name="updown" size="sm" />
      </span>
      {problem !== '' && (
        <p className="field-problem" id={`${id}p`} role="alert" data-testid="requests-problem">
          {problem}
        </p>
      )}
    </div>
  );
}

/** Endpoints that were asked lately, to be completed: nobody knows their patterns by heart. */
function Known({ id, typed }: { readonly id: string; readonly typed: string }) {
  const client = useQueryClient();
  const known = typed === '' ? [] : client.getQueriesData<RequestTops>({ queryKey: ['requests', 'tops'] });
  const endpoints = new Set(known.flatMap(([, tops]) => tops?.endpoints.map(({ endpoint }) => endpoint) ?? []));
  return (
    <datalist id={id}>
      {[...endpoints].map((endpoint) => (
        <option key={endpoint} value={endpoint} />
      ))}
    </datalist>
  );
}
