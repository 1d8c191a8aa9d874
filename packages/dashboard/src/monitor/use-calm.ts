import { useEffect, useRef, useState } from 'react';

/** A value that changes ten times a second, at most every so often: bars that jump faster are not read. `key`: another one shows at once. */
export function useCalm<Value>(value: Value, everyMs: number, key: unknown): Value {
  const [shown, setShown] = useState({ value, key });
  const latest = useRef(value);
  const shownAt = useRef(Number.NEGATIVE_INFINITY);
  latest.current = value;
  const isNow = shown.key !== key || shown.value === null;
  if (isNow && (shown.value !== value || shown.key !== key)) setShown({ value, key });
  const isStale = !isNow && shown.value !== value;
  useEffect(() => {
    if (!isStale) return;
    const timer = setTimeout(
      () => {
        shownAt.current = performance.now();
        setShown({ value: latest.current, key });
      },
      Math.max(0, shownAt.current + everyMs - performance.now()),
    );
    return () => clearTimeout(timer);
  }, [isStale, everyMs, key]);
  return isNow ? value : shown.value;
}
