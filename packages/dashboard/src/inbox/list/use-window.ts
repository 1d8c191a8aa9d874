import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import type { InboxSection } from '../../chat/chat-types.ts';
import { drawnSections, HEADING_PX, rowTop } from './list-window.ts';

/** The part of a list in stretches that is near the screen. Asks for more rows where it comes to the end of those known. */
export function useWindow({
  sections,
  rowPx,
  isLoading,
  loadMore,
  chosen,
}: {
  readonly sections: readonly InboxSection[];
  readonly rowPx: number;
  readonly isLoading: boolean;
  readonly loadMore: (section: InboxSection['key']) => void;
  readonly chosen: string | null;
}): {
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly drawn: ReturnType<typeof drawnSections>;
  readonly isKnown: boolean;
  /** Scrolls no further than the row needs. */
  readonly reveal: (id: string) => void;
} {
  const scroller = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 900 });
  const drawn = drawnSections(sections, { ...view, rowPx });

  const measure = useEffectEvent((): void => {
    const element = scroller.current;
    if (!element) return;
    const top = Math.floor(element.scrollTop / rowPx) * rowPx;
    const height = element.clientHeight + rowPx;
    setView((old) => (old.top === top && old.height === height ? old : { top, height }));
  });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const listen = (): void => measure();
    element.addEventListener('scroll', listen, { passive: true });
    const observer = new ResizeObserver(listen);
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', listen);
      observer.disconnect();
    };
  }, []);
  const wanted = drawn.find(({ wantsMore }) => wantsMore)?.key;
  useEffect(() => {
    if (wanted && !isLoading) loadMore(wanted);
  }, [wanted, isLoading, loadMore, sections]);

  const reveal = (id: string): void => {
    const element = scroller.current;
    const top = rowTop(sections, id, rowPx);
    if (!element || top === null) return;
    if (top - HEADING_PX < element.scrollTop) element.scrollTop = top - HEADING_PX;
    else if (top + rowPx > element.scrollTop + element.clientHeight) element.scrollTop = top + rowPx - element.clientHeight;
  };
  // Once for each choice: afterwards the list may be scrolled wherever its reader wants.
  const isKnown = chosen !== null && rowTop(sections, chosen, rowPx) !== null;
  const revealChosen = useEffectEvent((): void => {
    if (chosen !== null) reveal(chosen);
  });
  useLayoutEffect(() => {
    if (isKnown) revealChosen();
  }, [chosen, isKnown]);
  return { scroller, drawn, isKnown, reveal };
}
