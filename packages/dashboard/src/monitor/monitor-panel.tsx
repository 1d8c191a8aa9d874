import type { Site } from '@foyer/protocol';
import { useEffect, useEffectEvent } from 'react';
import type { Mark } from '../live/seek.ts';
import type { VisitList } from '../live/visit-list.ts';
import { t } from '../messages/catalogue.ts';
import { useFollow } from '../visitors/use-followed.ts';
import { useFoundInList } from '../visitors/use-standing.ts';
import { VisitPanel } from '../visitors/visit-panel.tsx';
import { useListPlace } from './use-list-place.ts';

/** The details of one visitor beside the table: those of the Visitors page. */
export function MonitorPanel({
  id,
  list,
  sites,
  takesFocus,
  onClose,
  onSelect,
  onFound,
}: {
  /** Visitor id. */
  readonly id: string;
  readonly list: VisitList;
  readonly sites: readonly Site[];
  readonly takesFocus: boolean;
  readonly onClose: () => void;
  readonly onSelect: (visitor: string) => void;
  /** Where somebody stands who was chosen on this page. */
  readonly onFound: (mark: Mark) => void;
}) {
  const live = useFollow(id, true);
  const standing = useListPlace(list, live, sites);
  const found = useFoundInList(standing);
  const onFoundNow = useEffectEvent(() => {
    const at = standing?.read();
    // A page that opens with somebody chosen begins at its top.
    if (takesFocus && at && at.visit === found) onFound({ index: at.index, key: at.key, id: at.visit });
  });
  useEffect(() => onFoundNow(), [found]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented && !(event.target instanceof HTMLInputElement)) onClose();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [onClose]);
  return (
    <div className="monitor-panel" data-testid="monitor-panel">
      <VisitPanel
        id={id}
        live={live}
        standing={standing}
        sites={sites}
        backWord={t.monitor.closePanel}
        takesFocus={takesFocus}
        onClose={onClose}
        onSelect={onSelect}
      />
    </div>
  );
}
