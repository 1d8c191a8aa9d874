import { type ComponentType, type ReactNode, useEffect, useReducer, useState } from 'react';
import { t } from '../messages/catalogue.ts';
import { Icon } from './icons.tsx';
import { mendStyles } from './mend-styles.ts';

/** Asked again at this distance while the part is wanted: a server that restarts is back within seconds. The network's return asks at once. */
const AGAIN_MS = 4_000;

export interface Late<Props> {
  (props: Props): ReactNode;
  /** Loads it before it is wanted. Never rejects: who wants it asks again. */
  preload(): Promise<void>;
}

/**
 * A part of the page with a file of its own, which may not come: then it says so in its own place, the page around it goes on, and it
 * appears by itself once the server can be reached. Unlike `lazy`, which keeps a failure for as long as the page lives. Loaded
 * before, it is drawn at once.
 */
export function late<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  {
    waiting = null,
    failed = (again) => <NotLoaded onAgain={again} />,
  }: {
    readonly waiting?: ReactNode | (() => ReactNode);
    readonly failed?: (again: () => void, props: Props) => ReactNode;
  } = {},
): Late<Props> {
  let Part: ComponentType<Props> | null = null;
  let coming: Promise<void> | null = null;
  const bring = (): Promise<void> =>
    (coming ??= mendStyles()
      .then(load)
      .then((part) => {
        Part = part;
      })
      .finally(() => {
        coming = null;
      }));

  function LatePart(props: Props): ReactNode {
    const [isFailed, setFailed] = useState(false);
    const [asked, again] = useReducer((n: number) => n + 1, 0);
    const [, arrived] = useReducer((n: number) => n + 1, 0);
    useEffect(() => {
      if (Part) return;
      let isOver = false;
      let timer: ReturnType<typeof setTimeout> | undefined;
      bring().then(
        () => isOver || arrived(),
        () => {
          if (isOver) return;
          setFailed(true);
          timer = setTimeout(again, AGAIN_MS);
        },
      );
      window.addEventListener('online', again);
      return () => {
        isOver = true;
        clearTimeout(timer);
        window.removeEventListener('online', again);
      };
    }, [asked]);
    if (Part) return <Part {...props} />;
    if (isFailed) return failed(again, props);
    return typeof waiting === 'function' ? waiting() : waiting;
  }
  LatePart.preload = async (): Promise<void> => {
    if (!Part) await bring().catch(() => undefined);
  };
  return LatePart;
}

/** In the place of the part that did not come. */
export function NotLoaded({ onAgain }: { readonly onAgain: () => void }) {
  return (
    <div className="not-loaded" role="status" data-testid="not-loaded">
      <Icon name="wifi" />
      <p>{t.shell.notLoaded}</p>
      <button className="button button-sm" type="button" onClick={onAgain}>
        <Icon name="retry" size="sm" />
        {t.shell.tryAgain}
      </button>
    </div>
  );
}

const asked = new Set<() => Promise<void>>();

/** Loads what may be wanted later, one after the other, once the browser has nothing better to do. Each once per page. Answers its own end. */
export function preloadLate(loads: readonly (() => Promise<void>)[]): () => void {
  let isOver = false;
  const next = async (): Promise<void> => {
    for (const load of loads) {
      if (isOver || asked.has(load)) continue;
      asked.add(load);
      await load();
    }
  };
  // Not in every Safari.
  if ('requestIdleCallback' in window) requestIdleCallback(() => void next(), { timeout: 2_000 });
  else setTimeout(() => void next(), 500);
  return () => {
    isOver = true;
  };
}
