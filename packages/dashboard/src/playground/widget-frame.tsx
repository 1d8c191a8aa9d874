import type { WidgetLook } from '@foyer/protocol';
import { type RefObject, useEffect, useEffectEvent, useImperativeHandle, useRef, useState } from 'react';
import { t } from '../messages/catalogue.ts';
import { Icon } from '../ui/icons.tsx';
import { laidOver, tidied } from './look-draft.ts';

/** What the frame's page takes (the server's routes/playground.ts). */
type Said = { readonly scheme: 'light' | 'dark' } | { readonly foyer: readonly unknown[] } | { readonly anew: true };
export interface FrameHandle {
  say(said: Said): void;
}

/** The site's real widget on a page of our own server. What changes in `look` shows at once, saved or not. */
export function WidgetFrame({
  site,
  name,
  look,
  scheme,
  handle,
}: {
  readonly site: string;
  readonly name: string;
  readonly look: WidgetLook;
  readonly scheme: 'light' | 'dark';
  readonly handle?: RefObject<FrameHandle | null>;
}) {
  const frame = useRef<HTMLIFrameElement>(null);
  const isListening = useRef(false);
  const [isFailed, setFailed] = useState(false);
  /** Another try is another frame. */
  const [tries, setTries] = useState(0);
  const say = (said: Said): void => {
    if (isListening.current) frame.current?.contentWindow?.postMessage(said, location.origin);
  };
  useImperativeHandle(handle, () => ({ say }));

  const tell = useEffectEvent((): void => {
    say({ scheme });
    // A frame cannot be told to prefer dark; what follows the device is told which it would be.
    const theme = look.theme === 'auto' ? scheme : look.theme;
    say({ foyer: ['look', laidOver(look, { ...tidied(look), theme })] });
  });
  const ready = useEffectEvent((): void => {
    isListening.current = true;
    setFailed(false);
    tell();
    say({ foyer: ['open'] });
  });
  useEffect(() => {
    const hear = (event: MessageEvent<unknown>): void => {
      if (event.source !== frame.current?.contentWindow || event.origin !== location.origin) return;
      if (typeof event.data === 'object' && event.data !== null && 'playground' in event.data) ready();
    };
    const again = (): void => {
      if (!isListening.current) setTries((n) => n + 1);
    };
    window.addEventListener('message', hear);
    window.addEventListener('online', again);
    return () => {
      window.removeEventListener('message', hear);
      window.removeEventListener('online', again);
    };
  }, []);
  useEffect(() => tell(), [look, scheme]);

  return (
    <div className="widget-frame" data-failed={isFailed || undefined}>
      <iframe
        key={`${site} ${tries}`}
        ref={frame}
        src={`/playground-frame?site=${encodeURIComponent(site)}`}
        title={t.look.frame(name)}
        style={{ colorScheme: scheme }}
        data-testid="widget-frame"
        // The page says that it listens before it is loaded whole: whoever has not said so by then is no page of ours.
        onLoad={() => setFailed(!isListening.current)}
      />
      {isFailed && (
        <div className="widget-frame-failed" role="status" data-testid="frame-failed">
          <Icon name="wifi" />
          <h2>{t.look.frameFailed}</h2>
          <p>{t.look.frameFailedText}</p>
          <button className="button" type="button" onClick={() => setTries((n) => n + 1)}>
            <Icon name="retry" size="sm" />
            {t.look.tryAgain}
          </button>
        </div>
      )}
    </div>
  );
}
