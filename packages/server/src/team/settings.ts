/** The settings of a workspace: what a new one has, and what a change may say. */
import { parseCidr } from '@foyer/domain/privacy';
import type { Settings, SettingsPatch } from '@foyer/protocol';

/** Tracking is off, addresses are masked: product.md sections 1 and 9. A year of visits, to compare with the last one. */
export function newSettings(timeZone: string): Settings {
  return {
    tracking: false,
    timeZone,
    // Off, so that whoever installs Foyer sees themselves arrive; docs/decisions/0003-own-team.md.
    excludeOwnTeam: false,
    excludedAddresses: [],
    ipMask: 'default',
    signals: 'limit',
    cookieless: false,
    keepVisitsDays: 365,
    resolvedHoldMs: 5 * 60_000,
  };
}

/** What is wrong with which field; `{}` when nothing is. */
export function settingsProblems(patch: SettingsPatch): Record<string, string> {
  const problems: Record<string, string> = {};
  if (patch.timeZone !== undefined && !isTimeZone(patch.timeZone))
    problems['timeZone'] = 'an IANA time zone is needed, such as Europe/Berlin';
  for (const [i, entry] of (patch.excludedAddresses ?? []).entries()) {
    if (parseCidr(entry) === null) problems[`excludedAddresses.${i}`] = 'an address or a CIDR range is needed';
  }
  return problems;
}

/** What the patch does not say stays. */
export function applySettings(now: Settings, patch: SettingsPatch): Settings {
  const { workspaceName: _elsewhere, ...said } = patch;
  const defined = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
  return { ...now, ...defined };
}

/** Those names that differ, for the audit log: `tracking, timeZone`. */
export function changedSettings(before: Settings, after: Settings): (keyof Settings)[] {
  const names = Object.keys(after) as (keyof Settings)[];
  return names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    // Offsets such as +02:00 are taken by Intl, but have no daylight saving: days would begin at the wrong hour.
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}
