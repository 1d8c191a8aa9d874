import type { Scope } from '@foyer/protocol';
import type { ConsoleClient } from '../live/console-client.ts';

/** Longer than any answer takes; then the place's list is the better answer. */
const PATIENCE_MS = 3_000;

/** The visitor of a pin that stands for one; null when there is none or are more by now. Opens a view of two rows and closes it. */
export function onlyVisitor(client: ConsoleClient, scope: Scope, filter: string): Promise<string | null> {
  return new Promise((resolve) => {
    const view = client.openView({ scope, filter, streams: ['rows'], window: { sort: 'arrived', dir: 'desc', before: 0, after: 2 } });
    const { store } = view;
    const answer = (visitor: string | null): void => {
      clearTimeout(timer);
      undo();
      view.close();
      resolve(visitor);
    };
    const timer = setTimeout(() => answer(null), PATIENCE_MS);
    const undo = store.subscribeMeta(() => {
      if (store.meta.refused) return answer(null);
      if (!store.meta.ready) return;
      const { order, total } = store.rows;
      answer(total === 1 ? (store.row(order[0] ?? '')?.visitor ?? null) : null);
    });
  });
}
