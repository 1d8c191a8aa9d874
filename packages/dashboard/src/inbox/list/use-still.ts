import { useEffect, useRef, useState } from 'react';
import type { InboxSection } from '../../chat/chat-types.ts';
import { stillSections } from './list-window.ts';

/** The list stands still this long after the pointer moved over it: nobody presses what has just slipped under it. */
const STILL_MS = 800;

export function useStill(sections: readonly InboxSection[]) {
  const [held, setHeld] = useState<readonly InboxSection[] | null>(null);
  const timer = useRef(0);
  useEffect(() => () => clearTimeout(timer.current), []);
  const onLeave = (): void => {
    clearTimeout(timer.current);
    setHeld(null);
  };
  const onMove = (): void => {
    setHeld((old) => old ?? sections);
    clearTimeout(timer.current);
    timer.current = window.setTimeout(onLeave, STILL_MS);
  };
  return { sections: held ? stillSections(held, sections) : sections, onMove, onLeave };
}
