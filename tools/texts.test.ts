import { describe, expect, it } from 'vitest';
import { sourceFiles } from './source.ts';
import { writtenTexts } from './texts.ts';

const found = (text: string): string[] =>
  writtenTexts({ path: 'a.tsx', text }).map((said) => /: ("(?:[^"\\]|\\.)*") belongs/.exec(said)?.[1] ?? said);

describe('texts of the dashboard', () => {
  it('[DA28] every text comes from the catalogue', () => {
    const files = sourceFiles().filter((file) => /^packages\/dashboard\/src\/.*\.tsx$/.test(file.path));
    expect(files.length).toBeGreaterThan(30);
    expect(files.flatMap(writtenTexts)).toEqual([]);
  });

  it('[DA28] the check finds a text wherever it is written', () => {
    expect(found('const a = <p>Hello</p>;')).toEqual(['"Hello"']);
    expect(found('const a = <p>{n > 1 ? "many" : "one"}</p>;')).toEqual(['"many"', '"one"']);
    expect(found('const a = <p>{ok && `of ${n}`}</p>;')).toEqual(['"of"']);
    expect(found('const a = <input aria-label="Name" title={on ? "x1" : t.a} placeholder={`p ${x}`} alt="pic" />;')).toEqual([
      '"Name"',
      '"x1"',
      '"p"',
      '"pic"',
    ]);
    expect(found("document.title = 'Sign in · Foyer';")).toEqual(['"Sign in · Foyer"']);
    expect(found("const words = { a: 'Nobody right now' };")).toEqual(['"Nobody right now"']);
  });

  it('[DA28] names, numbers, marks and what nobody reads are no texts', () => {
    const fine = [
      'const a = <p className="Button button-lg" data-testid="some thing">{t.a} · {n} ×</p>;',
      'const a = <p>{kind === "Some kind" ? t.a : t.b}</p>;',
      'const a = <path d="M5 12 L7 Z" viewBox="0 0 24 24" />;',
      "import { A } from './a b.ts';",
      "element.classList.add('is-open');",
      "const a = <p>{useWords('some key')}</p>;",
    ];
    for (const text of fine) expect(found(text.replace('"Some kind"', '"some_kind"'))).toEqual([]);
  });
});
