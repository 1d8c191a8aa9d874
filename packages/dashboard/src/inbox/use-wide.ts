import { useSyncExternalStore } from 'react';

/** As in CSS: the profile has a column of its own. */
const wide = window.matchMedia('(min-width: 1241px)');
const subscribe = (run: () => void): (() => void) => {
  wide.addEventListener('change', run);
  return () => wide.removeEventListener('change', run);
};
export const useWide = (): boolean => useSyncExternalStore(subscribe, () => wide.matches);
