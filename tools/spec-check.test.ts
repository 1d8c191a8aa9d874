import { describe, expect, it } from 'vitest';
import { idsOf, rulesOf, specProblems, titlesOf } from './spec-check.ts';

const SPEC = '## Presence (PR)\n\n- **PR1** a tab is online.\n- **PR2** a tab that closed is not.\n';
const titles = (text: string) => titlesOf({ path: 'a.test.ts', text: `import { it, test } from 'vitest';\n${text}` });
const problems = (text: string, spec = SPEC) => specProblems(spec, titles(text));

describe('spec-check', () => {
  it('[HS17] passes when every rule has a test and every test a rule', () => {
    expect(problems("it('[PR1] is online', () => {});\nit('[PR2] is gone', () => {});")).toEqual([]);
    expect(problems("it('[PR1][PR2] both', () => {});")).toEqual([]);
    expect(problems("it('[PR1, PR2] both', () => {});")).toEqual([]);
  });

  it('[HS17] names the rule without a test', () => {
    expect(problems("it('[PR1] is online', () => {});")).toEqual(['SPEC.md: no test names PR2']);
  });

  it('[HS17] names the test without a rule, and the one whose rule does not exist', () => {
    expect(problems("it('[PR1][PR2] both', () => {});\nit('works', () => {});\ntest('[PR9] z', () => {});")).toEqual([
      'a.test.ts:3: "works" does not begin with a rule',
      'a.test.ts:4: there is no rule PR9 in SPEC.md',
    ]);
  });

  it('[HS17] names an id that stands twice', () => {
    expect(problems("it('[PR1][PR2] both', () => {});", `${SPEC}- **PR1** again.\n`)).toEqual(['SPEC.md: PR1 stands twice']);
  });

  it('[HS17] refuses a title that is not written where the test is', () => {
    expect(problems("it('[PR1][PR2] both', () => {});\nfor (const c of cases) it(c.title, () => {});")).toEqual([
      'a.test.ts:3: the title is not written here, so its rules cannot be read',
    ]);
  });

  it('[HS17] reads every form of a test', () => {
    const forms = [
      "it('[PR1] plain', f);",
      "test.only('[PR1] only', f);",
      "it.concurrent.skip('[PR1] chained', f);",
      "it.each([1, 2])('[PR1] each %s', f);",
      "it.each<{ a: number }>`a\n${1}`('[PR1] table', f);",
      "it.for([1])('[PR1] for', f);",
      "it.skipIf(true)('[PR1] skipIf', f);",
      'it(`[PR1] template ${name}`, f);',
    ];
    expect(titles(forms.join('\n')).map(({ text }) => text && idsOf(text))).toEqual(forms.map(() => ['PR1']));
  });

  it('[HS17] does not take for a test what only looks like one', () => {
    expect(titles("const s = \"it('x', f)\"; // it('y')\ncommit('z'); /it(\\'a\\')/.test('b'); describe('group', f);")).toEqual([]);
    expect(titlesOf({ path: 'a.ts', text: "test('not a vitest file');" })).toEqual([]);
  });

  it('[HS17] takes ids only from the beginning of a title and of a rule', () => {
    expect(idsOf('says [PR1]')).toEqual([]);
    expect(idsOf('[PR1]x')).toEqual([]);
    expect(rulesOf('see **PR1**, and\n  - **PR2** indented')).toEqual([]);
  });
});
