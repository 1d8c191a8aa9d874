import type { Site } from '@foyer/protocol';
import { useEffect, useMemo } from 'react';
import type { VisitList } from '../live/visit-list.ts';
import { t } from '../messages/catalogue.ts';
import { useFollow, useSelected } from '../visitors/use-followed.ts';
import type { LiveStanding, Standing } from '../visitors/use-standing.ts';
import { VisitPanel } from '../visitors/visit-panel.tsx';

/** The details of one visitor beside the table: those of the Visitors page. */
export function MonitorPanel({
  id,
  list,
  sites,
  takesFocus,
  onClose,
  onSelect,
}: {
  /** Visitor id. */
  readonly id: string;
  readonly list: VisitList;
  readonly sites: readonly Site[];
  readonly takesFocus: boolean;
  readonly onClose: () => void;
  readonly onSelect: (visitor: string) => void;
}) {
  const live = useFollow(id, true);
  const followed = useSelected(live);
  const visit = followed?.visitor === id ? followed.visit : null;
  const standing = useMemo(() => (visit === null ? null : standingIn(list, visit)), [list, visit]);
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

/** Where the visit stands in the table as it is shown, and who is beside it. */
function standingIn(list: VisitList, visit: string): LiveStanding {
  let last: { readonly state: ReturnType<VisitList['get']>; readonly standing: Standing } | null = null;
  return {
    read: () => {
      const state = list.get();
      if (last?.state === state) return last.standing;
      const at = list.indexOf(visit);
      const rowAt = (d: number) => {
        const id = at < 0 || d < 0 ? undefined : list.idAt(d);
        return id === undefined ? undefined : list.row(id);
      };
      const standing: Standing = {
        visit,
        key: 0,
        index: at < 0 ? -1 : at + state.base,
        total: state.rows.total,
        previous: rowAt(at - 1),
        next: rowAt(at + 1),
      };
      last = { state, standing };
      return standing;
    },
    subscribe: list.subscribe,
  };
}
