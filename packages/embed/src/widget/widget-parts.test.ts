import { describe, expect, it } from 'vitest';
import { fileRefusal } from './attachable.ts';
import { coloursOf, contrast, rgbOf } from './colours.ts';
import { partsOf } from './links.ts';
import { initialsOf, toneOf } from './person.ts';

const channels = (css: string): readonly [number, number, number] =>
  css === '#000'
    ? [0, 0, 0]
    : css === '#fff'
      ? [255, 255, 255]
      : css.startsWith('#')
        ? rgbOf(css)
        : (css.match(/\d+/g)!.map(Number) as [number, number, number]);

describe('colours', () => {
  it('[WG23] whatever the site’s colour, text on it, on its tint and in it has 4.5:1', () => {
    const levels = ['00', '33', '66', '80', '99', 'cc', 'ff'];
    for (const r of levels)
      for (const g of levels)
        for (const b of levels)
          for (const theme of ['light', 'dark'] as const) {
            const { accent, on, tint, link } = coloursOf(`#${r}${g}${b}`, theme);
            const ground = theme === 'light' ? ([255, 255, 255] as const) : ([17, 22, 30] as const);
            expect(contrast(channels(on), channels(accent)), accent).toBeGreaterThanOrEqual(4.5);
            expect(contrast(channels(link), ground), `${accent} ${theme} link`).toBeGreaterThanOrEqual(4.5);
            expect(contrast(channels(link), channels(tint)), `${accent} ${theme} tint`).toBeGreaterThanOrEqual(4.4);
          }
  });
});

describe('texts', () => {
  it.each([
    ['no address', [['no address', '']]],
    ['see https://a.example/x.', [['see ', ''], ['https://a.example/x', 'https://a.example/x'], ['.', '']]], // prettier-ignore
    ['(http://a.example/b(c))', [['(', ''], ['http://a.example/b(c)', 'http://a.example/b(c)'], [')', '']]], // prettier-ignore
    ['javascript:alert(1) ftp://x data:text/html,x', [['javascript:alert(1) ftp://x data:text/html,x', '']]],
    ['https://', [['https://', '']]],
    ['', [['', '']]],
  ])('[WG9] %s', (text, parts) => {
    expect(partsOf(text).map(({ text: piece, href }) => [piece, href])).toEqual(parts);
    expect(
      partsOf(text)
        .map(({ text: piece }) => piece)
        .join(''),
    ).toBe(text);
  });

  it('[WG9] initials are those of the dashboard', () => {
    expect([initialsOf('Marta Lind'), initialsOf(' anna  maria berg '), initialsOf(''), initialsOf('👩‍🚀 Ada')]).toEqual([
      'ML',
      'AB',
      '?',
      '👩‍🚀A',
    ]);
    expect(toneOf('Marta')).toBe(toneOf('Marta'));
    expect(toneOf('Marta', toneOf('Marta'))).not.toBe(toneOf('Marta'));
  });

  it.each([
    [{ name: 'a.PNG', type: '', size: 1 }, undefined],
    [{ name: 'image', type: 'image/png', size: 1 }, undefined],
    [{ name: 'a.svg', type: 'image/svg+xml', size: 1 }, 'badType'],
    [{ name: 'a.pdf.js', type: '', size: 1 }, 'badType'],
    [{ name: 'a.pdf', type: '', size: 0 }, 'empty'],
    [{ name: 'a.pdf', type: '', size: 10 * 1_024 * 1_024 }, undefined],
    [{ name: 'a.pdf', type: '', size: 10 * 1_024 * 1_024 + 1 }, 'tooBig'],
  ])('[WG11] %o', (file, refusal) => {
    expect(fileRefusal(file)).toBe(refusal);
  });
});

describe('languages', () => {
  it('[WG24] every language has every text, none of them empty, and with the same values', async () => {
    const read = async (language: string) => ((await import(`./texts/${language}.ts`)) as { texts: Record<string, unknown> }).texts;
    const english = await read('en');
    for (const language of ['de', 'fr', 'es', 'tr', 'ar']) {
      const texts = await read(language);
      expect(Object.keys(texts).sort(), language).toEqual(Object.keys(english).sort());
      for (const [key, value] of Object.entries(english)) {
        const own = texts[key];
        if (typeof value === 'string') expect(own, `${language} ${key}`).toMatch(/\S/);
        else if (typeof value === 'function' && key !== 'size' && key !== 'place')
          expect((own as (x: unknown) => string)(7), `${language} ${key}`).toContain('7');
      }
    }
  });
});
