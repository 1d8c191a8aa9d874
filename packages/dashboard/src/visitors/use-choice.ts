import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useLayoutEffect, useRef } from 'react';
import type { VisitorsSearch } from '../app/search.ts';
import { type PlaceScope, placeParam } from './place-param.ts';

/** Who and which place is chosen: in the address, so that a sent link shows the same. */
export interface Choice {
  /** In the sidebar: the keyboard goes on in the details, and comes back to the list. The place's list stays behind them. */
  readonly inList: (visitor: string | undefined) => void;
  /** On the map: the keyboard stays there. */
  readonly onMap: (visitor: string) => void;
  readonly place: (place: PlaceScope | null) => void;
  readonly conversation: (conversation: string) => void;
  readonly list: (list: VisitorsSearch['list']) => void;
  /** One step back: from the details to the list, from a place's list to everybody. */
  readonly close: () => void;
  readonly cameFromList: boolean;
}

/** A pin is of a visit on the list. */
const NO_LIST = { list: undefined, conversation: undefined };

export function useChoice(): Choice {
  const navigate = useNavigate({ from: '/visitors' });
  const { visitor, place, list, conversation } = useSearch({ from: '/app/visitors' });
  const cameFromList = useRef(false);
  const returns = useRef(false);

  const close = useCallback(() => {
    const { activeElement } = document;
    returns.current = activeElement === document.body || Boolean(activeElement?.closest('.visit-panel'));
    void navigate({
      search: (old) => {
        if (old.visitor !== undefined) return { ...old, visitor: undefined };
        return old.conversation === undefined ? { ...old, place: undefined } : { ...old, conversation: undefined };
      },
    });
  }, [navigate]);
  useLayoutEffect(() => {
    if (visitor !== undefined || conversation !== undefined) return;
    if (returns.current) document.getElementById('visit-list')?.focus({ preventScroll: true });
    returns.current = false;
    cameFromList.current = false;
  }, [visitor, conversation]);
  const isOpen = visitor !== undefined || conversation !== undefined || (place !== undefined && list === undefined);
  useEffect(() => {
    if (!isOpen) return;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented && !(event.target instanceof HTMLInputElement)) close();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [isOpen, close]);

  const choose = (id: string | undefined): void =>
    // Walking from one to the next is one entry of the history, not twenty.
    void navigate({ search: (old) => ({ ...old, visitor: id }), replace: id !== undefined && visitor !== undefined });
  return {
    inList: (id) => {
      cameFromList.current = true;
      choose(id);
    },
    onMap: (id) => {
      cameFromList.current = false;
      void navigate({ search: (old) => ({ ...old, ...NO_LIST, visitor: id, place: undefined }), replace: visitor !== undefined });
    },
    place: (scope) =>
      void navigate({
        search: (old) => ({ ...old, ...NO_LIST, visitor: undefined, place: scope === null ? undefined : placeParam(scope) }),
      }),
    conversation: (id) => {
      cameFromList.current = true;
      void navigate({ search: (old) => ({ ...old, conversation: id, visitor: undefined }), replace: conversation !== undefined });
    },
    list: (which) =>
      void navigate({ search: (old) => ({ ...old, list: which, visitor: undefined, conversation: undefined, place: undefined }) }),
    close,
    cameFromList: cameFromList.current,
  };
}
