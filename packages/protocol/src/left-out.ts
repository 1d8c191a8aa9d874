/**
 * Why a visit is in no count: one text, as rows, stored visits and rollups have it in `filtered`, and one stable code (`rule`) that goes with it.
 *
 *   | rule            | text                              |
 *   | --------------- | --------------------------------- |
 *   | `bot:<name>`    | `Bot: <Name>`                     | calls itself a crawler
 *   | `script:<name>` | `Script: <Name>`                  | a library or command line
 *   | `no_user_agent` | `Script: no user agent`           |
 *   | `headless`      | `Headless browser`                |
 *   | `automated`     | `Automated browser`               | navigator.webdriver
 *   | `no_language`   | `Automated browser (no language)` | Chromium or Firefox without Accept-Language
 *   | `own_team`      | `Own team`                        | from where a member is signed in
 *   | `address`       | `Left-out address`                | listed in the settings
 *
 * A name is at most 40 of `A-Z a-z 0-9 _ . -` and space; in the code it is in lower case. A text of no form is a rule by itself.
 */
const FIXED = {
  no_user_agent: 'Script: no user agent',
  headless: 'Headless browser',
  automated: 'Automated browser',
  no_language: 'Automated browser (no language)',
  own_team: 'Own team',
  address: 'Left-out address',
} as const;
const NAMED = { bot: 'Bot: ', script: 'Script: ' } as const;

export type LeftOutKind = keyof typeof FIXED | keyof typeof NAMED;
export const LEFT_OUT_KINDS = [
  ...(Object.keys(NAMED) as (keyof typeof NAMED)[]),
  ...(Object.keys(FIXED) as (keyof typeof FIXED)[]),
] as const;

export const leftOut = (kind: LeftOutKind, name = ''): string => (kind === 'bot' || kind === 'script' ? NAMED[kind] + name : FIXED[kind]);

/** What a text of `filtered` says, to be put in the reader's language; null: of no known form, to be shown as it is. */
export function leftOutParts(text: string): { readonly kind: LeftOutKind; readonly name: string } | null {
  for (const [kind, fixed] of Object.entries(FIXED)) if (text === fixed) return { kind: kind as keyof typeof FIXED, name: '' };
  for (const [kind, prefix] of Object.entries(NAMED))
    if (text.startsWith(prefix)) return { kind: kind as keyof typeof NAMED, name: text.slice(prefix.length) };
  return null;
}

export function leftOutRule(text: string): string {
  const parts = leftOutParts(text);
  if (!parts) return text;
  return parts.name === '' ? parts.kind : `${parts.kind}:${parts.name.toLowerCase()}`;
}

/** The text of a rule; a name's case is not known any more, so compare without it. */
export function leftOutText(rule: string): string {
  const [, kind = '', name = ''] = /^(bot|script):(.*)$/.exec(rule) ?? [];
  if (kind === 'bot' || kind === 'script') return leftOut(kind, name);
  return Object.hasOwn(FIXED, rule) ? FIXED[rule as keyof typeof FIXED] : rule;
}
