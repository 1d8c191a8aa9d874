import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import type { ListState, VisitList } from '../../live/visit-list.ts';
import type { Geometry } from './geometry.ts';

/** Rows drawn beyond the screen, so that a scroll shows no white. */
const OVERSCAN = 8;
/** Browsers cap an element at 17–33 million px; a longer list is drawn in stretches of this many rows that follow one another. */
export const STRETCH = 120_000;

/** Which rows of the table are on screen: the page scrolls as one, and the table is a part of it. */
export interface PageWindow {
  readonly from: number;
  readonly to: number;
  /** Whole rows that are seen at once. */
  readonly seen: number;
  /** Scrolls as little as needed for this row to be seen whole. */
  readonly reveal: (row: number) => void;
  /** The first row stands right below the head. */
  readonly toFirst: () => void;
}

/** Of the table's body, px: how much of it is above what can be seen, and where what can be seen ends. */
interface View {
  readonly page: HTMLElement;
  readonly top: number;
  readonly bottom: number;
}

export function usePageWindow(q: {
  readonly list: VisitList;
  readonly state: ListState;
  readonly geometry: Geometry;
  readonly rowPx: number;
  readonly body: RefObject<HTMLElement | null>;
  /** What stays above the rows while they scroll. */
  readonly head: RefObject<HTMLElement | null>;
}): PageWindow {
  const { list, state, geometry, rowPx, body, head } = q;
  const [range, setRange] = useState({ first: 0, last: 20, whole: 10 });
  const scroller = useRef<HTMLElement | null>(null);
  const seen = useRef<View | null>(null);

  /** Asks the layout, which is dear while anything has changed. */
  const look = (): View | null => {
    const page = scroller.current;
    const element = body.current;
    if (!page || !element) return null;
    const offset = page.getBoundingClientRect().top - element.getBoundingClientRect().top;
    seen.current = { page, top: offset + (head.current?.offsetHeight ?? 0), bottom: offset + page.clientHeight };
    return seen.current;
  };
  const place = (now: View | null): void => {
    if (!now) return;
    const top = Math.max(0, now.top);
    const bottom = Math.max(top, now.bottom);
    const first = geometry.rowAt(top);
    const last = Math.min(state.count, geometry.rowAt(bottom) + 1);
    const whole = Math.max(1, Math.floor((bottom - top) / rowPx));
    setRange((old) => (old.first === first && old.last === last && old.whole === whole ? old : { first, last, whole }));
    // Rounded up: half a row scrolled away is scrolled, and the first whole row is the one looked at.
    const firstWhole = now.top <= 0 ? 0 : geometry.topOf(first) < top ? first + 1 : first;
    list.setViewport(firstWhole, Math.max(10, last - first + 1));
    const moved = list.stretch(STRETCH);
    if (moved !== 0) now.page.scrollTop += moved * rowPx;
  };
  const onMoved = useEffectEvent(() => place(look()));
  // Rows come and go ten times a second; where the table begins has nothing to do with it.
  const onRows = useEffectEvent(() => place(seen.current ?? look()));

  useEffect(() => {
    // The body is not there as long as nobody is.
    const page = head.current?.closest<HTMLElement>('.page-scroll') ?? null;
    scroller.current = page;
    if (!page) return;
    const run = (): void => onMoved();
    const observer = new ResizeObserver(run);
    observer.observe(page);
    // What stands above the table moves it.
    for (let up: HTMLElement | null = head.current; up && up !== page; up = up.parentElement) {
      for (let before = up.previousElementSibling; before; before = before.previousElementSibling) observer.observe(before);
    }
    page.addEventListener('scroll', run, { passive: true });
    run();
    return () => {
      observer.disconnect();
      page.removeEventListener('scroll', run);
    };
  }, [head]);
  useLayoutEffect(() => onRows(), [geometry]);

  const toFirst = (): void => {
    const now = look();
    if (now && now.top > 0) now.page.scrollTop -= now.top;
  };
  // Rows of another query begin at the first one.
  const onAnother = useEffectEvent(toFirst);
  useLayoutEffect(() => onAnother(), [state.store]);
  useLayoutEffect(() => {
    if (state.base >= 0) return;
    const now = look();
    if (!now) return;
    const closed = list.closeGap(Math.floor(Math.max(0, now.top) / rowPx));
    if (closed > 0) now.page.scrollTop -= closed * rowPx;
  });

  return {
    from: Math.max(0, range.first - OVERSCAN),
    to: Math.min(state.count, range.last + OVERSCAN),
    seen: range.whole,
    toFirst,
    reveal: (row) => {
      const now = look();
      if (!now) return;
      const at = geometry.topOf(row);
      if (at < now.top) now.page.scrollTop -= now.top - at;
      else if (at + rowPx > now.bottom) now.page.scrollTop += at + rowPx - now.bottom;
    },
  };
}
