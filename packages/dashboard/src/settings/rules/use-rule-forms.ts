import { type RefObject, useState } from 'react';
import type { Draft } from './use-rules-draft.ts';

/**
 * Which entries of a list are open, and what Save does with one that is wrong: its form opens, tells, and has the focus.
 * `wrong`: ids of the entries that cannot be saved. `list`: what holds their forms.
 */
export function useRuleForms({
  draft,
  wrong,
  list,
}: {
  readonly draft: Pick<Draft<unknown>, 'save' | 'discard'>;
  readonly wrong: readonly string[];
  readonly list: RefObject<HTMLElement | null>;
}) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [isTold, setTold] = useState(false);
  const close = (): void => {
    setTold(false);
    setOpen(new Set());
  };
  return {
    open,
    /** Whether what is wrong is said: after the first try to save. */
    isTold,
    toggle: (id: string, isOpen: boolean): void =>
      setOpen((before) => {
        const next = new Set(before);
        if (isOpen) next.add(id);
        else next.delete(id);
        return next;
      }),
    save: async (): Promise<void> => {
      setTold(true);
      if (wrong.length > 0) {
        setOpen(new Set([...open, ...wrong]));
        // After the forms are drawn.
        requestAnimationFrame(() => list.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
        return;
      }
      if (await draft.save()) close();
    },
    discard: (): void => {
      close();
      draft.discard();
    },
  };
}
