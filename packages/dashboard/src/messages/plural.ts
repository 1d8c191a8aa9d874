/** Text by the number's grammatical form; `other` stands in for forms a language needs no own text for. */
export function plurals(locale: string): (n: number, forms: { readonly one: string; readonly other: string }) => string {
  const rules = new Intl.PluralRules(locale);
  return (n, forms) => (rules.select(n) === 'one' ? forms.one : forms.other);
}
