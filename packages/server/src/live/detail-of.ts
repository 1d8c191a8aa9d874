import { rowOf, type VisitTable } from '@foyer/domain/board';
import { openTabs } from '@foyer/domain/presence';
import type { Detail } from '@foyer/protocol';
import { trailOf } from './visit-record.ts';

type Data = Record<string, string | number | boolean | null>;

/** Everything section 3 of the product shows of one visit. Cost: its trail. */
export function detailOf(table: VisitTable, slot: number): Detail {
  const rare = table.rare.get(slot);
  return {
    ...rowOf(table, slot),
    chat: rare?.conversation?.id ?? '',
    timeZone: table.getText(slot, 'timeZone'),
    browserVersion: table.getText(slot, 'browserVersion'),
    osVersion: table.getText(slot, 'osVersion'),
    screen: table.getText(slot, 'screen'),
    ip: table.getText(slot, 'ip'),
    organisation: table.getText(slot, 'organisation'),
    source: table.getText(slot, 'source'),
    identity: rare?.identity ? (JSON.parse(rare.identity) as Detail['identity']) : null,
    contextData: rare?.contextData ? (JSON.parse(rare.contextData) as Data) : null,
    tabs: openTabs(table.tabs[slot]!, table.online[slot] === 1),
    firstVisitAt: rare?.firstVisitAt ?? table.startedAt[slot]!,
    previousVisitAt: rare?.previousVisitAt ?? 0,
    trail: trailOf(table, slot),
    reached: rare?.goals ?? [],
  };
}
