import { useEffect, useSyncExternalStore } from 'react';
import { Listeners } from '../../live/listeners.ts';
import type { Command } from './commands.ts';

const changed = new Listeners();
let offered: readonly Command[] = [];

/** What the page that is open has to offer; the palette shows it first. */
export const useOffered = (): readonly Command[] => useSyncExternalStore(changed.subscribe, () => offered);

/** Offers commands for as long as the component is there. `key` names them: with another key they are others. */
export function useOffer(key: string, commands: readonly Command[]): void {
  useEffect(() => {
    offered = commands;
    changed.notify();
    return () => {
      offered = [];
      changed.notify();
    };
    // The key stands for the commands, which are made anew with every drawing.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [key]);
}
