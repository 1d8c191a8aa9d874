import { goalId } from '@foyer/domain/rules';
import type { ContextEntry, ContextSet, GoalEntry, MatchingRule, Site, TriedPage } from '@foyer/protocol';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useId, useState } from 'react';
import { goalsQuery, rulesApi } from '../../api/rules-api.ts';
import { ApiFailure } from '../../api/request.ts';
import { t } from '../../messages/catalogue.ts';
import { messageOf } from '../../ui/failure.tsx';
import { Icon } from '../../ui/icons.tsx';
import { goalWord } from '../../words/goals.ts';
import { OutcomeTag } from './outcome-tag.tsx';
import { problemText } from './problems.ts';
import { patternText } from './rules-draft.ts';

/** After the last key: one question for an address that is typed. */
const ASK_AFTER_MS = 250;

/** What the rules say of an address: as they are saved, or as they are being edited. */
export function TryPage({
  site,
  entries,
  goals,
  leftOut = 0,
  onShow,
}: {
  readonly site: Site;
  /** Absent: as saved. */
  readonly entries?: readonly ContextEntry[] | undefined;
  readonly goals?: readonly GoalEntry[] | undefined;
  /** Rules that are not right yet and are not asked about. */
  readonly leftOut?: number;
  readonly onShow?: (from: 'own' | ContextSet, rule: string) => void;
}) {
  const words = t.rules.tried;
  const id = useId();
  const [url, setUrl] = useState('');
  const [answer, setAnswer] = useState<{ readonly tried: TriedPage } | { readonly failure: unknown } | null>(null);
  const wanted = url.trim();
  const rules = JSON.stringify({ entries, goals });
  useEffect(() => {
    if (wanted === '') return setAnswer(null);
    const abort = new AbortController();
    const timer = setTimeout(() => {
      const given = JSON.parse(rules) as { entries?: ContextEntry[]; goals?: GoalEntry[] };
      rulesApi.tryPage({ site: site.id, url: wanted, ...given }, abort.signal).then(
        (tried) => setAnswer({ tried }),
        (failure: unknown) => abort.signal.aborted || setAnswer({ failure }),
      );
    }, ASK_AFTER_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [wanted, rules, site.id]);
  return (
    <section className="setting-group" aria-labelledby={`${id}t`}>
      <h2 id={`${id}t`}>{words.title}</h2>
      <div className="card try-page" data-testid="try-page">
        <span className="field field-lg">
          <Icon name="search" />
          <input
            type="text"
            inputMode="url"
            value={url}
            aria-label={words.label}
            placeholder={words.example(site.domain)}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            dir="ltr"
            aria-describedby={`${id}h`}
            data-testid="try-url"
            onChange={(event) => setUrl(event.target.value)}
          />
        </span>
        <p className="hint" id={`${id}h`}>
          {entries || goals ? words.unsaved : words.hint}
          {leftOut > 0 && ` ${words.leftOut(leftOut)}`}
        </p>
        <div aria-live="polite" data-testid="tried">
          {answer && 'failure' in answer && (
            <p className="field-problem">
              <Problem failure={answer.failure} />
            </p>
          )}
          {answer && 'tried' in answer && <Verdict site={site} tried={answer.tried} typed={wanted} edited={goals} onShow={onShow} />}
        </div>
      </div>
    </section>
  );
}

function Problem({ failure }: { readonly failure: unknown }) {
  const about = failure instanceof ApiFailure ? failure.fields['url'] : undefined;
  return about === undefined ? messageOf(failure) : problemText(about);
}

function Verdict({
  site,
  tried,
  typed,
  edited = [],
  onShow,
}: {
  readonly site: Site;
  readonly tried: TriedPage;
  readonly typed: string;
  /** Names that are not saved yet. */
  readonly edited?: readonly GoalEntry[] | undefined;
  readonly onShow: ((from: 'own' | ContextSet, rule: string) => void) | undefined;
}) {
  const words = t.rules.tried;
  const { data } = useQuery(goalsQuery(site.id));
  const names = [...edited.map(({ id, name }) => ({ id: id ?? goalId(name), name })), ...(data?.goals ?? [])];
  const { context, by, others, goals, url } = tried;
  return (
    <dl className="verdict-facts">
      <dt>{words.is}</dt>
      <dd data-testid="tried-context" data-context-is={context}>
        <OutcomeTag outcome={context} />
        {by ? (
          <>
            <span className="muted">{words.by}</span>
            <RuleWord rule={by} onShow={onShow} testId="tried-by" />
          </>
        ) : (
          <span className="muted">{words.byNone}</span>
        )}
      </dd>
      {others.length > 0 && (
        <>
          <dt>{words.others}</dt>
          <dd>
            <ol className="other-rules" data-testid="tried-others">
              {others.map((rule) => (
                <li key={`${rule.from} ${rule.id}`}>
                  <OutcomeTag outcome={rule.context} />
                  <RuleWord rule={rule} onShow={onShow} />
                </li>
              ))}
            </ol>
          </dd>
        </>
      )}
      <dt>{words.goals}</dt>
      <dd data-testid="tried-goals">
        {goals.length === 0 ? (
          <span className="muted">{words.noGoals}</span>
        ) : (
          goals.map((goal) => (
            <span className="tag goal-tag" key={goal}>
              <Icon name="goal" />
              <bdi>{goalWord(goal, names)}</bdi>
            </span>
          ))
        )}
      </dd>
      {url !== typed && (
        <>
          <dt>{words.seenAs}</dt>
          <dd>
            <bdi className="mono try-url">{url}</bdi>
          </dd>
        </>
      )}
    </dl>
  );
}

function RuleWord({
  rule,
  onShow,
  testId,
}: {
  readonly rule: MatchingRule;
  readonly onShow: ((from: 'own' | ContextSet, rule: string) => void) | undefined;
  readonly testId?: string;
}) {
  const text = (
    <>
      <bdi className="mono">{patternText(rule)}</bdi>
      <span className="muted">{rule.from === 'own' ? t.rules.ownRule : t.rules.setName(rule.from)}</span>
    </>
  );
  return onShow ? (
    <button className="rule-word" type="button" data-testid={testId} onClick={() => onShow(rule.from, rule.id)}>
      {text}
    </button>
  ) : (
    <span className="rule-word" data-testid={testId}>
      {text}
    </span>
  );
}
