import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { useLive } from '../../app/live.ts';
import { chatRest } from '../../chat/chat-rest.ts';
import type { Inbox } from '../../chat/chat-types.ts';
import { useChat } from '../../chat/use-chat.ts';
import { browserClock } from '../../live/browser.ts';
import { ElsewhereList } from './elsewhere-list.ts';

/** Conversations without a visit on the map, of one site or of all, live. */
export function useElsewhere(site: string | undefined): Inbox {
  const chat = useChat();
  const { client } = useLive();
  const list = useMemo(
    () =>
      new ElsewhereList({
        site,
        self: chat.self,
        entries: chat.entries,
        rest: chatRest,
        clock: browserClock,
        now: () => client.time.now() || Date.now(),
      }),
    [chat, client, site],
  );
  useEffect(() => {
    const undo = [
      list.open(),
      client.subscribeChat((frame) => {
        if (frame.t === 'chat.elsewhere') list.stale();
      }),
      client.subscribeConnection(() => {
        if (client.connection.state === 'open') list.stale();
      }),
    ];
    return () => {
      for (const end of undo) end();
    };
  }, [list, client]);
  return useSyncExternalStore(list.subscribe, list.get);
}
