import { runInNewContext } from 'node:vm';
import { compileContexts, defaultEntries, shippedGoals, shippedRules } from '@foyer/domain/rules';
import { CONTEXT_SETS } from '@foyer/protocol';
import { describe, expect, test } from 'vitest';
import { loadCatalogue, loadTexts, t } from '../../messages/catalogue.ts';
import { problemText } from './problems.ts';
import {
  draftOf,
  goalCall,
  moved,
  newRule,
  patternText,
  problemsByKey,
  problemsOfGoals,
  problemsOfRule,
  withAllSets,
  withRuleOff,
} from './rules-draft.ts';
import { shippedNote } from './shipped-note.ts';

describe('rules while they are edited', () => {
  test('[CX5] a line is moved to where it then stands, and never out of the list', () => {
    expect(moved(['a', 'b', 'c', 'd'], 0, 2)).toEqual(['b', 'c', 'a', 'd']);
    expect(moved(['a', 'b', 'c', 'd'], 3, 1)).toEqual(['a', 'd', 'b', 'c']);
    expect(moved(['a', 'b'], 0, 9)).toEqual(['b', 'a']);
    expect(moved(['a', 'b'], 1, -5)).toEqual(['b', 'a']);
    expect(moved(['a', 'b'], 7, 0)).toEqual(['a', 'b']);
  });

  test('[CX5] sets that a list does not name are in it, off', () => {
    const [first, ...rest] = defaultEntries();
    expect(withAllSets(rest).at(-1)).toEqual({ ...first, enabled: false, off: [] });
    expect(withAllSets([]).map((entry) => entry.kind === 'set' && entry.set)).toEqual([...CONTEXT_SETS]);
    const whole = defaultEntries();
    expect(withAllSets(whole)).toBe(whole);
  });

  test('[CX5] a rule of a set is off once, and on again', () => {
    const set = { kind: 'set', set: 'shopify', enabled: true, off: ['a'] } as const;
    const entry = { ...set, off: [...set.off] };
    expect(withRuleOff(withRuleOff(entry, 'b', true), 'b', true).off).toEqual(['a', 'b']);
    expect(withRuleOff(entry, 'a', false).off).toEqual([]);
  });

  test('[CX6] what is wrong is known by field, of a rule and of each goal', () => {
    expect(problemsOfRule({ ...newRule('r'), path: '/ok' })).toEqual({});
    expect(Object.keys(problemsOfRule({ ...newRule('r'), path: '', enabled: false }))).toEqual(['path']);
    const goals = [
      ...shippedGoals().map(draftOf),
      { key: 'n1', name: 'Demo', enabled: false, pages: [{ host: '', path: 'x', query: '', hash: '' }], form: '' },
      { key: 'n2', name: 'DEMO', enabled: true, pages: [], form: '' },
    ];
    expect([...problemsOfGoals(goals)].map(([key, fields]) => [key, Object.keys(fields)])).toEqual([
      ['n2', ['name']],
      ['n1', ['pages.0.path']],
    ]);
    expect([...problemsByKey({ 'entries.1.note': 'x', 'entries.9.note': 'y', entries: 'z' }, [{ key: 'a' }, { key: 'b' }])]).toEqual([
      ['b', { note: 'x' }],
    ]);
  });

  test('[CX8] the call is code, whatever the name', () => {
    expect(goalCall(`It's "5" \\ </script>`)).toBe(`foyer('goal', 'It\\'s "5" \\\\ \\u003c/script>', { value: 59.9, currency: 'EUR' })`);
    const said: unknown[] = [];
    // It is what people paste into their pages.
    runInNewContext(goalCall(`It's "5" \\ </script>`), {
      foyer: (...call: unknown[]) => said.push(...(JSON.parse(JSON.stringify(call)) as unknown[])),
    });
    expect(said).toEqual(['goal', `It's "5" \\ </script>`, { value: 59.9, currency: 'EUR' }]);
  });

  test('[CX5] a pattern is one line', () => {
    expect(patternText({ host: 'a.test', path: '/x', query: '?q', hash: '#!/y' })).toBe('a.test/x?q#/y');
    expect(patternText({ host: '', path: '/x', query: '', hash: '' })).toBe('/x');
  });

  test('[CX6] notes that ship and every sentence of the engine are said in German too', async () => {
    await loadCatalogue('de');
    await loadTexts(['rules']);
    const notes = [...new Set(CONTEXT_SETS.flatMap((set) => shippedRules(set).map(({ note }) => note)))].filter((note) => note !== '');
    expect(notes.length).toBeGreaterThan(5);
    const german: readonly string[] = Object.values(t.rules.notes);
    expect(notes.filter((note) => !german.includes(shippedNote(note)))).toEqual([]);
    const wrong: readonly Partial<ReturnType<typeof newRule>>[] = [
      ...['x', '/a?b', '/a#b', '/{a', '/**/**', '/a**', '/{}', `/${'a/'.repeat(30)}`, `/${'{a,b,c,d}'.repeat(6)}`].map((path) => ({
        path,
      })),
      ...['=x', 'a&b&c&d&e'].map((query) => ({ path: '/', query })),
      { path: '/', host: 'https://x' },
    ];
    const known: readonly string[] = Object.values(t.rules.problems);
    const said = wrong.flatMap((over) => Object.values(problemsOfRule({ ...newRule('r'), ...over })));
    expect(said).toHaveLength(wrong.length);
    expect(said.filter((sentence) => !known.includes(problemText(sentence)))).toEqual([]);
    const twice = compileContexts([...defaultEntries(), ...defaultEntries()]);
    expect(twice.ok ? [] : Object.values(twice.error).map(problemText)).toContain(t.rules.problems.twice);
    await loadCatalogue('en');
  });
});
