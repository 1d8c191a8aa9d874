import { useSyncExternalStore } from 'react';

/** As in CSS. */
const phone = window.matchMedia('(max-width: 760px)');
const subscribe = (run: () => void): (() => void) => {
  phone.addEventListener('change', run);
  return () => phone.removeEventListener('change', run);
};

/** Whether the page is laid out as two sheets. */
export const usePhone = (): boolean => useSyncExternalStore(subscribe, () => phone.matches);
