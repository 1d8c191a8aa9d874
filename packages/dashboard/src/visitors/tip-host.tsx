import { useSyncExternalStore } from 'react';
import type { VisitList } from '../live/visit-list.ts';
import { withTexts } from '../messages/catalogue.ts';
import { late } from '../ui/late.tsx';
import type { TipIntent } from './tip-intent.ts';

/** Asked for when the pointer comes to the list: its rest on a row is time enough to load it. Where it cannot come, the row has to do. */
const TipOfRow = late(
  withTexts(['visit', 'blocks'], () => import('./visit-tip.tsx').then((module) => module.TipOfRow)),
  { failed: () => null },
);
export const preloadTip = TipOfRow.preload;

interface TipHostProps {
  readonly intent: TipIntent;
  readonly list: VisitList;
  readonly onChoose: (visitor: string) => void;
}
/** Shows the details that are meant. Opening and closing them renders nothing else. */
export function TipHost(props: TipHostProps) {
  const tip = useSyncExternalStore(props.intent.subscribe, props.intent.get);
  return tip && <TipOfRow tip={tip} {...props} />;
}
