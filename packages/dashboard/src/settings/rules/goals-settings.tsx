import { RULE_LIMITS, type Site, type UnknownGoal } from '@foyer/protocol';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useMemo, useRef } from 'react';
import { goalsQuery, rulesApi } from '../../api/rules-api.ts';
import { t } from '../../messages/catalogue.ts';
import { number } from '../../messages/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { problemsOf } from '../../ui/failure.tsx';
import { TickText } from '../../ui/tick-text.tsx';
import { momentWord } from '../blocks/block-times.ts';
import type { SaveState } from '../settings-head.tsx';
import { GoalLine } from './goal-line.tsx';
import {
  draftOf,
  entryOf,
  type FieldProblems,
  type GoalDraft,
  newRuleId,
  NO_PROBLEMS,
  problemsByKey,
  problemsOfGoals,
} from './rules-draft.ts';
import { SaveBar } from './save-bar.tsx';
import { SiteRulesPage } from './site-rules-page.tsx';
import { TryPage } from './try-page.tsx';
import { useRuleForms } from './use-rule-forms.ts';
import { useRulesDraft } from './use-rules-draft.ts';

/** Nobody tells of names that pages declare. */
const LOOK_EVERY_MS = 15_000;

export function GoalsSettings() {
  const navigate = useNavigate();
  const chosen = useSearch({ from: '/app/settings/goals', select: ({ site }) => site });
  return (
    <SiteRulesPage
      title={t.settings.pages.goals}
      text={t.rules.goals.text}
      chosen={chosen}
      onChoose={(site) => void navigate({ to: '/settings/goals', search: { site } })}
    >
      {(site, head) => <Goals key={site.id} site={site} head={head} />}
    </SiteRulesPage>
  );
}

function Goals({ site, head }: { readonly site: Site; readonly head: (state: SaveState) => ReactNode }) {
  const words = t.rules.goals;
  const query = goalsQuery(site.id);
  const { data } = useSuspenseQuery({ ...query, refetchInterval: LOOK_EVERY_MS, staleTime: LOOK_EVERY_MS });
  const saved = useMemo<readonly GoalDraft[]>(() => data.goals.map(draftOf), [data.goals]);
  const draft = useRulesDraft({
    name: `goals ${site.id}`,
    queryKey: query.queryKey,
    saved,
    send: (goals) => rulesApi.saveGoals(site.id, goals.map(entryOf)),
    said: words.saved(site.name),
  });
  const goals = draft.list;
  const list = useRef<HTMLUListElement>(null);

  const put = (key: string, next: GoalDraft | null): void => draft.edit(goals.flatMap((goal) => (goal.key === key ? (next ?? []) : goal)));
  const add = (name: string): void => {
    const key = newRuleId(Math.random);
    draft.edit([...goals, { key, name, enabled: true, pages: [], form: '' }]);
    toggle(key, true);
    requestAnimationFrame(() => list.current?.lastElementChild?.scrollIntoView({ block: 'nearest' }));
  };

  const problems = useMemo(() => {
    const found = new Map<string, FieldProblems>(problemsByKey(problemsOf(draft.failure), goals));
    for (const [key, fields] of problemsOfGoals(goals)) found.set(key, { ...found.get(key), ...fields });
    return found;
  }, [goals, draft.failure]);
  const { open, isTold, toggle, save, discard } = useRuleForms({ draft, wrong: [...problems.keys()], list });
  const named = new Set(goals.map(({ name }) => name.trim().toLowerCase()));
  const unknown = data.unknown.filter(({ name }) => !named.has(name.trim().toLowerCase()));
  return (
    <>
      {head(draft.state)}
      {unknown.length > 0 && <Unknown unknown={unknown} onDefine={add} />}
      <section className="setting-group" aria-labelledby="goals-title">
        <div className="rules-head">
          <div>
            <h2 id="goals-title">{words.list}</h2>
            <p className="hint">{words.listHint}</p>
          </div>
          <button
            className="button"
            type="button"
            data-testid="add-goal"
            disabled={goals.length >= RULE_LIMITS.goals}
            onClick={() => add('')}
          >
            <Icon name="plus" />
            {words.add}
          </button>
        </div>
        <ul className="card rule-list" ref={list} data-testid="goals">
          {goals.map((goal) => (
            <GoalLine
              key={goal.key}
              goal={goal}
              problems={problems.get(goal.key) ?? NO_PROBLEMS}
              isTold={isTold}
              isOpen={open.has(goal.key)}
              onToggle={(isOpen) => toggle(goal.key, isOpen)}
              onChange={(next) => put(goal.key, next)}
              onRemove={() => put(goal.key, null)}
            />
          ))}
        </ul>
      </section>
      <TryPage
        site={site}
        goals={draft.isDirty ? goals.filter(({ key }) => !problems.has(key)).map(entryOf) : undefined}
        leftOut={draft.isDirty ? problems.size : 0}
      />
      <SaveBar
        isDirty={draft.isDirty}
        isSaving={draft.state === 'saving'}
        isOvertaken={draft.isOvertaken}
        failure={draft.failure}
        onSave={() => void save()}
        onDiscard={discard}
      />
    </>
  );
}

/** Names that pages declare and nobody has defined: what they say is not counted until somebody does. */
function Unknown({ unknown, onDefine }: { readonly unknown: readonly UnknownGoal[]; readonly onDefine: (name: string) => void }) {
  const words = t.rules.goals;
  return (
    <section className="setting-group" aria-labelledby="unknown-title">
      <h2 id="unknown-title">{words.unknown}</h2>
      <p className="hint rules-hint">{words.unknownText}</p>
      <ul className="card rule-list" data-testid="unknown-goals">
        {unknown.map((goal) => (
          <li key={goal.name} className="rule-line" data-testid="unknown-goal">
            <div className="rule-row">
              <span className="goal-mark" data-status="unassigned">
                <Icon name="warn" size="sm" />
              </span>
              <span className="rule-name">
                <bdi className="truncate">{goal.name}</bdi>
                <span className="hint">
                  {words.declared(goal.count, number(goal.count))}{' '}
                  <TickText text={(now) => words.lastAt(momentWord(goal.lastAt, now || goal.lastAt))} />
                </span>
              </span>
              <button
                className="button button-sm"
                type="button"
                aria-label={words.defineOf(goal.name)}
                data-testid="define-goal"
                onClick={() => onDefine(goal.name)}
              >
                {words.define}
              </button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
