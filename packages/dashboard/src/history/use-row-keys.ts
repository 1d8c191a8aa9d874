import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import { isTyping } from '../app/shortcuts.ts';

const linkOf = (list: HTMLElement | null, id: string): HTMLElement | null =>
  list?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`) ?? null;

/**
 * j and k, or the arrow keys: from row to row, and through the details when they are open. Enter is the row's own link; Esc closes, and the
 * focus is back on the row.
 */
export function useRowKeys({
  list,
  ids,
  open,
  onOpen,
}: {
  readonly list: RefObject<HTMLElement | null>;
  readonly ids: readonly string[];
  readonly open: string | undefined;
  readonly onOpen: (id: string | undefined) => void;
}) {
  const [stood, setStood] = useState<string | undefined>(undefined);
  const lastOpen = useRef(open);
  const first = ids[0];
  const current = [open, stood].find((id) => id !== undefined && ids.includes(id)) ?? first;

  const stand = (id: string | undefined): void => {
    if (id === undefined) return;
    setStood(id);
    const link = linkOf(list.current, id);
    link?.focus({ preventScroll: true });
    link?.closest('tr, li')?.scrollIntoView({ block: 'nearest' });
  };
  const step = (by: number): void => {
    const at = open === undefined ? (stood === undefined ? -1 : ids.indexOf(stood)) : ids.indexOf(open);
    const to = ids[Math.max(0, Math.min(ids.length - 1, at + by))];
    if (to === undefined) return;
    if (open !== undefined) {
      const isInPanel = document.activeElement?.closest('.visit-panel') != null;
      if (!isInPanel) stand(to);
      else linkOf(list.current, to)?.closest('tr, li')?.scrollIntoView({ block: 'nearest' });
      onOpen(to);
    } else stand(to);
  };
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || isTyping(event) || !(event.target instanceof Element)) return;
    const { target, key } = event;
    if (target.closest('.menu-root, [role=menu], [role=dialog]')) return;
    if (key === 'Escape' && open !== undefined) {
      event.preventDefault();
      onOpen(undefined);
      return;
    }
    const isInList = list.current?.contains(target) === true;
    const isPanelItself = target.matches('.visit-panel') || target.closest('.panel-bar') !== null;
    const by = { j: 1, k: -1, ...(isInList || isPanelItself ? { ArrowDown: 1, ArrowUp: -1 } : {}) }[key];
    const end = isInList && open === undefined ? { Home: ids[0], End: ids.at(-1) }[key] : undefined;
    if (by === undefined && end === undefined) return;
    event.preventDefault();
    if (by === undefined) stand(end);
    else step(by);
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKey(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  // What was closed gives the focus back to its row; not when something else was chosen meanwhile.
  useLayoutEffect(() => {
    const before = lastOpen.current;
    lastOpen.current = open;
    if (open !== undefined || before === undefined) return;
    setStood(before);
    if (document.activeElement === null || document.activeElement === document.body)
      linkOf(list.current, before)?.focus({ preventScroll: true });
  }, [open, list]);
  return { current, setStood, stand, step };
}
