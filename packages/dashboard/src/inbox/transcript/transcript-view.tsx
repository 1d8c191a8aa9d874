import { type ReactNode, useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { OpenConversation } from '../../chat/chat-types.ts';
import { useChat } from '../../chat/use-chat.ts';
import { t } from '../../messages/catalogue.ts';
import { Icon } from '../../ui/icons.tsx';
import type { People } from '../people.ts';
import { BlockWindow } from './block-window.ts';
import { TranscriptLine } from './transcript-line.tsx';
import { transcriptBlocks } from './transcript-items.ts';

/** So near to the end one reads along: what comes moves the transcript up. */
const AT_END_PX = 60;
/** Earlier messages are asked for this far from the beginning of what is loaded. */
const EARLIER_PX = 800;

/**
 * The messages. Only the blocks near the screen exist in the document, so ten thousand scroll like ten; what is looked at stands still
 * when something is loaded or measured above it, and the end stays in sight while one is at it.
 */
export function TranscriptView({
  open,
  name,
  people,
  at,
  foot,
}: {
  readonly open: OpenConversation;
  readonly name: string;
  readonly people: People;
  /** `seq` of a message that was found. */
  readonly at: number;
  /** Under the last message, and scrolls with it. */
  readonly foot?: ReactNode;
}) {
  const { conversation, messages, outgoing, hasEarlier, loadEarlier } = open;
  const chat = useChat();
  const scroller = useRef<HTMLDivElement>(null);
  const [newFrom] = useState(() => firstUnread(open, chat.entries.get(conversation.id)?.unread ?? 0));
  const [window_] = useState(() => new BlockWindow());
  const [, redraw] = useState(0);
  const [isAtEnd, setAtEnd] = useState(true);
  const [seenSeq, setSeenSeq] = useState(conversation.seq);
  const reads = useRef({ isAtEnd: true, anchor: null as { key: string; offset: number } | null, sought: at > 0, top: 0 });

  const { marks, goals } = conversation;
  const blocks = useMemo(
    () => transcriptBlocks({ marks, messages, outgoing, self: people.self, newFrom, goals }),
    [marks, messages, outgoing, people.self, newFrom, goals],
  );
  const shown = window_.show(blocks);

  const measure = useEffectEvent((): void => {
    const element = scroller.current;
    if (!element) return;
    if (window_.measure(element)) redraw((n) => n + 1);
  });
  const settle = useEffectEvent((): void => {
    const element = scroller.current;
    if (!element) return;
    const { anchor, sought, top } = reads.current;
    // Scrolled since, and its event is still to come: whoever scrolls away is not pulled back.
    const wasAtEnd = reads.current.isAtEnd && element.scrollTop >= top - 1;
    measure();
    if (sought) {
      const found = element.querySelector<HTMLElement>(`[data-seq="${at}"]`);
      if (!found) return;
      reads.current.sought = false;
      reads.current.isAtEnd = false;
      found.scrollIntoView({ block: 'center' });
      found.dataset['found'] = '';
    } else if (wasAtEnd) {
      element.scrollTop = element.scrollHeight;
      reads.current.top = element.scrollTop;
    } else if (anchor && !reads.current.isAtEnd) {
      const block = element.querySelector<HTMLElement>(`[data-block="${anchor.key}"]`);
      if (block) element.scrollTop += block.offsetTop - element.scrollTop - anchor.offset;
    }
  });
  // After every drawing heights are read, and what was looked at is put back where it was.
  useLayoutEffect(() => settle());
  const onScroll = useEffectEvent((): void => {
    const element = scroller.current;
    if (!element) return;
    const left = element.scrollHeight - element.scrollTop - element.clientHeight;
    const atEnd = left < AT_END_PX;
    reads.current.isAtEnd = atEnd;
    reads.current.top = atEnd ? element.scrollTop : 0;
    reads.current.anchor = window_.anchor(element);
    setAtEnd(atEnd);
    if (window_.scrolled(element)) redraw((n) => n + 1);
    if (element.scrollTop < EARLIER_PX && hasEarlier) loadEarlier();
  });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const listen = (): void => onScroll();
    element.addEventListener('scroll', listen, { passive: true });
    const observer = new ResizeObserver(() => {
      if (reads.current.isAtEnd) element.scrollTop = element.scrollHeight;
      measure();
    });
    observer.observe(element);
    return () => {
      element.removeEventListener('scroll', listen);
      observer.disconnect();
    };
  }, []);

  // A message that was found: as far back as it lies, then there.
  const { id } = conversation;
  const first = messages[0]?.seq ?? 0;
  useEffect(() => {
    if (at > 0) void chat.line(id).loadTo(at);
    reads.current.sought = at > 0;
    const block = at > 0 ? window_.seek(at) : false;
    if (block) redraw((n) => n + 1);
  }, [chat, id, at, window_, first]);
  // A short transcript does not scroll, and yet has more.
  useEffect(() => {
    const element = scroller.current;
    if (element && hasEarlier && element.scrollHeight <= element.clientHeight + EARLIER_PX) loadEarlier();
  }, [hasEarlier, loadEarlier, messages.length]);

  // One's own words are always looked for.
  useLayoutEffect(() => {
    if (outgoing.length === 0) return;
    reads.current.isAtEnd = true;
    if (scroller.current) scroller.current.scrollTop = scroller.current.scrollHeight;
  }, [outgoing.length]);

  const { seq } = conversation;
  const markRead = useEffectEvent((): void => {
    if (document.hidden || !document.hasFocus() || !isAtEnd) return;
    setSeenSeq(seq);
    chat.marks(id, seq);
  });
  useEffect(() => {
    markRead();
    const listen = (): void => markRead();
    window.addEventListener('focus', listen);
    document.addEventListener('visibilitychange', listen);
    return () => {
      window.removeEventListener('focus', listen);
      document.removeEventListener('visibilitychange', listen);
    };
  }, [seq, isAtEnd]);

  const below = isAtEnd ? 0 : messages.filter((message) => message.seq > seenSeq && message.from.kind === 'visitor').length;
  const toEnd = (): void => {
    reads.current.isAtEnd = true;
    if (scroller.current) scroller.current.scrollTop = scroller.current.scrollHeight;
    redraw((n) => n + 1);
  };
  return (
    <div className="transcript-wrap goes-stale">
      <div
        ref={scroller}
        className="transcript"
        role="log"
        aria-label={t.inbox.messagesWith(name)}
        tabIndex={0}
        data-testid="transcript"
        data-first={messages[0]?.seq ?? 0}
        data-last={conversation.seq}
      >
        <div className="messages">
          {hasEarlier ? (
            <p className="earlier" role="status">
              <span className="visually-hidden">{t.inbox.loadingEarlier}</span>
              <span className="skeleton earlier-ghost" aria-hidden="true" />
            </p>
          ) : (
            <p className="beginning">{t.inbox.beginning}</p>
          )}
          <div style={{ height: shown.above }} aria-hidden="true" />
          {shown.blocks.map((block) => (
            <ol key={block.key} className="block" data-block={block.key}>
              {block.items.map((item) => (
                <TranscriptLine key={item.key} item={item} conversation={conversation} name={name} people={people} />
              ))}
            </ol>
          ))}
          <div style={{ height: shown.below }} aria-hidden="true" />
          {foot}
        </div>
      </div>
      {!isAtEnd && (
        <button className="to-newest floating" type="button" data-testid="to-newest" data-new={below} onClick={toEnd}>
          <Icon name="down" size="sm" />
          {below > 0 ? t.inbox.newBelow(below) : t.inbox.toNewest}
        </button>
      )}
    </div>
  );
}

/** `seq` after which everything was new; 0: nothing was. */
function firstUnread({ messages }: OpenConversation, unread: number): number {
  if (unread === 0) return 0;
  let left = unread;
  for (let i = messages.length - 1; i >= 0; i -= 1) {
    const message = messages[i];
    if (message?.from.kind === 'visitor' && message.body.kind !== 'event') left -= 1;
    // All of it is new: a line would say nothing.
    if (left === 0) return message && message.seq > 1 ? message.seq - 1 : 0;
  }
  return 0;
}
