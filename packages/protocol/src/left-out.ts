/**
 * Why a visit is in no count: one text, as rows, stored visits and rollups have it in `filtered`, and one stable code, its `rule`.
 *
 *   | rule            | text                              | who                                         |
 *   | --------------- | --------------------------------- | ------------------------------------------- |
 *   | `bot:<name>`    | `Bot: <Name>`                     | calls itself a crawler                      |
 *   | `script:<name>` | `Script: <Name>`                  | calls itself a library or a command line    |
 *   | `no_user_agent` | `Script: no user agent`           |                                             |
 *   | `headless`      | `Headless browser`                | calls itself that                           |
 *   | `automated`     | `Automated browser`               | navigator.webdriver                         |
 *   | `no_language`   | `Automated browser (no language)` | Chromium or Firefox without Accept-Language |
 *   | `own_team`      | `Own team`                        | from where a member is signed in            |
 *   | `address`       | `Left-out address`                | listed in the settings                      |
 *
 * A name is at most 40 of `A-Z a-z 0-9 _ . -` and space; in the code it is in lower case. A text of no such form is its own code.
 */
export const LEFT_OUT = {
  bot: 'Bot: ',
  script: 'Script: ',
  no_user_agent: 'Script: no user agent',
  headless: 'Headless browser',
  automated: 'Automated browser',
  no_language: 'Automated browser (no language)',
  own_team: 'Own team',
  address: 'Left-out address',
} as const;
export type LeftOutKind = keyof typeof LEFT_OUT;
const isNamed = (kind: LeftOutKind): boolean => kind === 'bot' || kind === 'script';
const KINDS = Object.keys(LEFT_OUT) as LeftOutKind[];

export interface LeftOutReason {
  readonly rule: string;
  readonly text: string;
}
export interface LeftOutParts {
  readonly kind: LeftOutKind;
  /** '' but for `bot` and `script`. */
  readonly name: string;
}

/** `name`: for `bot` and `script` only. */
export function leftOutReason(kind: LeftOutKind, name = ''): LeftOutReason {
  return isNamed(kind) ? { rule: `${kind}:${name.toLowerCase()}`, text: LEFT_OUT[kind] + name } : { rule: kind, text: LEFT_OUT[kind] };
}

/** What a text says, to be put in the reader's language; null: of no known form, to be shown as it is. */
export function leftOutParts(text: string): LeftOutParts | null {
  const fixed = KINDS.find((kind) => !isNamed(kind) && text === LEFT_OUT[kind]);
  if (fixed) return { kind: fixed, name: '' };
  const named = KINDS.find((kind) => isNamed(kind) && text.startsWith(LEFT_OUT[kind]));
  return named ? { kind: named, name: text.slice(LEFT_OUT[named].length) } : null;
}

export function leftOutRule(text: string): string {
  const parts = leftOutParts(text);
  return parts ? leftOutReason(parts.kind, parts.name).rule : text;
}

/** The text of a rule, but for the case of a name, which the rule does not know. */
export function leftOutText(rule: string): string {
  const colon = rule.indexOf(':');
  const kind = KINDS.find((one) => one === (colon < 0 ? rule : rule.slice(0, colon)) && isNamed(one) === colon >= 0);
  return kind ? leftOutReason(kind, rule.slice(colon + 1)).text : rule;
}
