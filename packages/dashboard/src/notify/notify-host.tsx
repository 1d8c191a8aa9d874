import { useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useState } from 'react';
import { useUnread } from '../app/late-chat.ts';
import { useLive } from '../app/live.ts';
import { useMe } from '../app/session.ts';
import { lead } from './leader.ts';
import { NoticeSource } from './notice.ts';
import { closeNotification, showNotification } from './notification.ts';
import { Notifier, type PageSays } from './notifier.ts';
import { followPrefs, notifyPrefs } from './prefs.ts';
import { pushSupport, subscribePush } from './push-device.ts';
import { serviceWorker } from './service-worker.ts';
import { Sounds } from './sounds.ts';
import { TitleBadge } from './title-badge.ts';

/** Sounds, notifications, the number in the title, and the service worker of the signed-in page. Draws nothing. */
export function NotifyHost() {
  const { client } = useLive();
  const { user } = useMe();
  const navigate = useNavigate();
  const path = useLocation({ select: (at) => at.pathname });
  const [notifier, setNotifier] = useState<Notifier | null>(null);
  const go = useEffectEvent((to: string) => void navigate({ to, replace: false }));

  useEffect(() => {
    const channel = new BroadcastChannel(`foyer.notify.${user.id}`);
    const sounds = new Sounds(() => made.moved());
    const made = new Notifier({
      page: crypto.getRandomValues(new Uint32Array(2)).join('-'),
      say: (said) => channel.postMessage(said),
      prefs: notifyPrefs,
      isAudible: () => sounds.isReady,
      play: (kind) => sounds.play(kind, notifyPrefs().volume),
      show: (notice) => void showNotification(notice, go),
      hide: (tag) => void closeNotification(tag),
      at: () => ({ focused: document.hasFocus(), path: location.pathname }),
    });
    const source = new NoticeSource(user.id);
    const moved = (): void => made.moved();
    channel.onmessage = ({ data }: MessageEvent<PageSays>) => made.hear(data);
    const undo = [
      client.subscribeChat((frame) => {
        if (frame.t === 'chat.alert') made.notice(source.ofAlert(frame));
        if (frame.t !== 'chat.change') return;
        const notice = source.ofChange(frame);
        if (notice) made.notice(notice);
      }),
      lead(`foyer.notify.${user.id}`, () => made.lead()),
      sounds.start(),
      followPrefs(),
      ...(['focus', 'blur'] as const).map((kind) => on(window, kind, moved)),
      on(document, 'visibilitychange', moved),
      // A page that may come back (bfcache) says where it is when it does.
      on(window, 'pagehide', () => made.leave()),
      on(window, 'pageshow', moved),
      openedFromNotification((to) => go(to)),
    ];
    made.moved();
    setNotifier(made);
    return () => {
      for (const end of undo) end();
      made.leave();
      channel.close();
    };
  }, [client, user.id]);

  useEffect(() => notifier?.moved(), [notifier, path]);
  useEffect(keepSubscribed, [user.id]);
  useUnreadInTitle();
  return null;
}

function useUnreadInTitle(): void {
  const unread = useUnread();
  const [badge] = useState(() => new TitleBadge());
  useEffect(() => badge.start(), [badge]);
  useEffect(() => badge.set(unread), [badge, unread]);
}

/** The service worker is there from the first visit on; and a browser that was subscribed belongs to whoever is signed in now. */
function keepSubscribed(): void {
  const wants = notifyPrefs().push && pushSupport() === 'yes' && Notification.permission === 'granted';
  (wants ? subscribePush() : serviceWorker()).catch(() => undefined);
}

/** A click on a notification that the service worker shows brings its page here. */
function openedFromNotification(go: (to: string) => void): () => void {
  if (!('serviceWorker' in navigator)) return () => {};
  return on(navigator.serviceWorker, 'message', (event) => {
    const said: unknown = (event as MessageEvent).data;
    if (typeof said === 'object' && said !== null && 'open' in said && typeof said.open === 'string' && /^\/(?!\/)/.test(said.open))
      go(said.open);
  });
}

function on(target: EventTarget, kind: string, run: (event: Event) => void): () => void {
  target.addEventListener(kind, run);
  return () => target.removeEventListener(kind, run);
}
