/** The settings of a workspace: what a new one has, and what a change may say. */
import { isIP } from 'node:net';
import type { Settings, SettingsPatch } from '@foyer/protocol';
import { fail, ok, type Result } from '@foyer/domain';

/** Tracking is off, own agents are left out, addresses are masked: product.md sections 1 and 9. 25 months is the CNIL's bound for audience data. */
export function newSettings(timeZone: string): Settings {
  return {
    tracking: false,
    timeZone,
    excludeOwnTeam: true,
    excludedAddresses: [],
    ipMask: 'default',
    signals: 'limit',
    cookieless: false,
    keepVisitsDays: 760,
    resolvedHoldMs: 5 * 60_000,
  };
}

/** Drops what the patch does not say. Refusal: what is wrong with which field. */
export function applySettings(now: Settings, patch: SettingsPatch): Result<Settings, Record<string, string>> {
  const fields: Record<string, string> = {};
  if (patch.timeZone !== undefined && !isTimeZone(patch.timeZone)) fields['timeZone'] = 'an IANA time zone is needed, such as Europe/Berlin';
  for (const [i, entry] of (patch.excludedAddresses ?? []).entries()) {
    if (!isAddressOrRange(entry)) fields[`excludedAddresses.${i}`] = 'an address or a CIDR range is needed';
  }
  if (Object.keys(fields).length > 0) return fail(fields);
  const { workspaceName: _elsewhere, ...said } = patch;
  const defined = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
  return ok({ ...now, ...defined });
}

/** Those names that differ, for the audit log: `tracking, timeZone`. */
export function changedSettings(before: Settings, after: Settings): string[] {
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

function isAddressOrRange(entry: string): boolean {
  const [address = '', bits, ...rest] = entry.trim().split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}
