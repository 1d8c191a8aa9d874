import type { Row } from '@foyer/protocol';
import { useLayoutEffect, useRef, useState } from 'react';
import { t } from '../messages/catalogue.ts';
import { placeName } from '../words/names.ts';

/** Where somebody is, in one line with what stands beside it: where that gets too long the region is left out first. */
export function PlaceLine({ visit }: { readonly visit: Pick<Row, 'city' | 'region' | 'country'> }) {
  const whole = placeName(visit) || t.visit.facts.unknownPlace;
  const short = visit.city === '' ? whole : placeName({ ...visit, region: '' });
  const shown = useRef<HTMLElement>(null);
  const ruler = useRef<HTMLSpanElement>(null);
  const [isTight, setTight] = useState(false);
  useLayoutEffect(() => {
    const line = shown.current?.parentElement;
    if (!line || whole === short) return setTight(false);
    const measure = (): void => {
      const gap = Number.parseFloat(getComputedStyle(line).columnGap) || 0;
      const beside = [...line.children].filter((part) => part !== shown.current && part !== ruler.current);
      const taken = beside.reduce((sum, part) => sum + part.getBoundingClientRect().width + gap, 0);
      setTight((ruler.current?.scrollWidth ?? 0) + taken > line.clientWidth);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(line);
    return () => observer.disconnect();
  }, [whole, short]);
  return (
    <>
      <bdi className="truncate" ref={shown} title={isTight ? whole : undefined}>
        {isTight ? short : whole}
      </bdi>
      <span className="place-ruler" ref={ruler} aria-hidden="true">
        {whole}
      </span>
    </>
  );
}
