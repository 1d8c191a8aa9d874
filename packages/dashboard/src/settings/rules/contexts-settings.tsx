import type { ContextEntry, ContextSet, Site } from '@foyer/protocol';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import { contextsQuery, rulesApi } from '../../api/rules-api.ts';
import { t } from '../../messages/catalogue.ts';
import { Icon } from '../../ui/icons.tsx';
import { Rich } from '../../ui/rich.tsx';
import { problemsOf } from '../../ui/failure.tsx';
import type { SaveState } from '../settings-head.tsx';
import { Snippet } from '../snippet.tsx';
import { RuleLine } from './rule-line.tsx';
import {
  type FieldProblems,
  idOf,
  moved,
  newRule,
  newRuleId,
  NO_PROBLEMS,
  type OwnRule,
  problemsByKey,
  problemsOfRule,
  withAllSets,
} from './rules-draft.ts';
import { SaveBar } from './save-bar.tsx';
import { SetLine } from './set-line.tsx';
import { SiteRulesPage } from './site-rules-page.tsx';
import { TryPage } from './try-page.tsx';
import { useReorder } from './use-reorder.ts';
import { useRuleForms } from './use-rule-forms.ts';
import { useRulesDraft } from './use-rules-draft.ts';

export function ContextsSettings() {
  const navigate = useNavigate();
  const chosen = useSearch({ from: '/app/settings/contexts', select: ({ site }) => site });
  return (
    <SiteRulesPage
      title={t.settings.pages.contexts}
      text={t.rules.contexts.text}
      chosen={chosen}
      onChoose={(site) => void navigate({ to: '/settings/contexts', search: { site } })}
    >
      {(site, head) => <Rules key={site.id} site={site} head={head} />}
    </SiteRulesPage>
  );
}

function Rules({ site, head }: { readonly site: Site; readonly head: (state: SaveState) => ReactNode }) {
  const words = t.rules.contexts;
  const query = contextsQuery(site.id);
  const { data } = useSuspenseQuery(query);
  const saved = useMemo(() => withAllSets(data.entries), [data.entries]);
  const draft = useRulesDraft({
    name: `contexts ${site.id}`,
    queryKey: query.queryKey,
    saved,
    send: (entries) => rulesApi.saveContexts(site.id, entries),
    said: words.saved(site.name),
  });
  const entries = draft.list;
  const [said, setSaid] = useState('');
  const list = useRef<HTMLOListElement>(null);

  const put = (id: string, next: ContextEntry | null): void =>
    draft.edit(entries.flatMap((entry) => (idOf(entry) === id ? (next ?? []) : entry)));
  const move = (from: number, to: number): void => {
    const entry = entries[from];
    if (!entry) return;
    draft.edit(moved(entries, from, to));
    setSaid(words.nowAt(nameOf(entry), to + 1, entries.length));
  };
  const reorder = useReorder(list, move);

  const problems = useMemo(() => {
    const own = new Map<string, FieldProblems>();
    for (const entry of entries) if (entry.kind === 'rule') own.set(entry.id, problemsOfRule(entry));
    const refused = problemsByKey(problemsOf(draft.failure), entries.map((entry) => ({ key: idOf(entry) }))); // prettier-ignore
    for (const [id, fields] of refused) own.set(id, { ...fields, ...own.get(id) });
    return own;
  }, [entries, draft.failure]);
  const wrong = entries.filter((entry) => Object.keys(problems.get(idOf(entry)) ?? NO_PROBLEMS).length > 0).map(idOf);

  /** Of the rules that are open, and of the sets whose rules are shown. */
  const { open, isTold, toggle, save, discard } = useRuleForms({ draft, wrong, list });
  const add = (): void => {
    const rule = newRule(newRuleId(Math.random));
    draft.edit([rule, ...entries]);
    toggle(rule.id, true);
  };
  /** Opens the rule that an address was decided by, and brings it into view. */
  const show = (from: 'own' | ContextSet, rule: string): void => {
    const id = from === 'own' ? rule : `set ${from}`;
    toggle(id, true);
    requestAnimationFrame(() => {
      const line = document.getElementById(`rule-${rule}`);
      line?.scrollIntoView({ block: 'center' });
      line?.querySelector<HTMLElement>('button, input')?.focus({ preventScroll: true });
    });
  };
  return (
    <>
      {head(draft.state)}
      <TryPage
        site={site}
        entries={draft.isDirty ? entries.filter((entry) => !wrong.includes(idOf(entry))) : undefined}
        leftOut={draft.isDirty ? wrong.length : 0}
        onShow={show}
      />
      <section className="setting-group" aria-labelledby="rules-title">
        <div className="rules-head">
          <div>
            <h2 id="rules-title">{words.list}</h2>
            <p className="hint">{words.listHint}</p>
          </div>
          <button className="button" type="button" data-testid="add-rule" onClick={add}>
            <Icon name="plus" />
            {words.add}
          </button>
        </div>
        <ol className="card rule-list" ref={list} data-testid="rules" data-dragging={reorder.drag ? true : undefined}>
          {entries.map((entry, i) => {
            const id = idOf(entry);
            const shared = {
              index: i,
              count: entries.length,
              reorder,
              isOpen: open.has(id),
              onToggle: (isOpen: boolean) => toggle(id, isOpen),
              onMove: (to: number) => move(i, to),
            };
            return entry.kind === 'rule' ? (
              <RuleLine
                key={id}
                {...shared}
                rule={entry}
                problems={problems.get(id) ?? NO_PROBLEMS}
                isTold={isTold}
                onChange={(next: OwnRule) => put(id, next)}
                onRemove={() => put(id, null)}
              />
            ) : (
              <SetLine
                key={id}
                {...shared}
                entry={entry}
                rules={data.sets.find(({ set }) => set === entry.set)?.rules ?? []}
                onChange={(next) => put(id, next)}
              />
            );
          })}
        </ol>
        <p className="visually-hidden" role="status" data-testid="moved">
          {said}
        </p>
      </section>
      <section className="setting-group">
        <h2>{words.declare}</h2>
        <p className="hint rules-hint">
          <Rich text={words.declareText} />
        </p>
        <Snippet code="foyer('context', 'cart', { items: 2 })" kind="JavaScript" label={words.declare} testId="context-call" />
      </section>
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

const nameOf = (entry: ContextEntry): string =>
  entry.kind === 'set' ? t.rules.setName(entry.set) : entry.path || t.rules.contexts.newRule;
