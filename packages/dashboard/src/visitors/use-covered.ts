import { type RefObject, useEffect, useMemo, useState } from 'react';
import type { VisitorMapProps } from '../map/visitor-map.tsx';
import { type SheetStop, sheetHeightPx } from './sheet-stop.ts';

/** What the phone's sheet covers of the map; undefined where there is no sheet. */
export function useCovered(page: RefObject<HTMLElement | null>, isPhone: boolean, stop: SheetStop): VisitorMapProps['inset'] {
  const [pagePx, setPagePx] = useState(0);
  useEffect(() => {
    const element = page.current;
    if (!element || !isPhone) return;
    const observer = new ResizeObserver(() => setPagePx(element.offsetHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, [page, isPhone]);
  return useMemo(() => {
    if (!isPhone || pagePx === 0) return undefined;
    // Under a full sheet nothing is seen: the map stays as it was at half.
    return { top: 0, right: 0, bottom: sheetHeightPx(stop === 'full' ? 'half' : stop, pagePx), left: 0 };
  }, [isPhone, stop, pagePx]);
}
