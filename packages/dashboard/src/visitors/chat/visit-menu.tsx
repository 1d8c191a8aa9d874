import { type KeyboardEvent, useEffect, useLayoutEffect, useRef } from 'react';
import { t } from '../../messages/catalogue.ts';
import { copyText } from '../../ui/copy-text.ts';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { showToast } from '../../ui/toast.tsx';
import { visitorName } from '../../words/names.ts';
import { useFollow, useLastKnown } from '../use-followed.ts';
import type { Whom, Wish } from './asked.ts';
import { useOpenConversation } from './conversation-link.tsx';
import { isActive, useVisitorChat } from './use-visitor-chat.ts';

const GAP_PX = 8;

/** What can be done about one visitor, where the pointer or the keyboard asked for it. */
export function VisitMenu({
  whom,
  at,
  onChoose,
  onWish,
  onBlock,
  onClose,
}: {
  readonly whom: Whom;
  readonly at: { readonly x: number; readonly y: number };
  /** Their details open. */
  readonly onChoose: () => void;
  /** … with this in them. */
  readonly onWish: (wish: Wish) => void;
  readonly onBlock: () => void;
  readonly onClose: () => void;
}) {
  const { detail } = useLastKnown(useFollow(whom.visitor, false));
  const conversation = useVisitorChat({ visitor: whom.visitor, ...(detail ? { chat: detail.chat } : {}) });
  const open = useOpenConversation();
  const box = useRef<HTMLDivElement>(null);
  const before = useRef<Element | null>(null);
  const isOnline = (detail ?? whom).online;
  const hasOpen = conversation ? isActive(conversation) : false;

  useLayoutEffect(() => {
    const menu = box.current;
    if (!menu) return;
    before.current = document.activeElement;
    const { width, height } = menu.getBoundingClientRect();
    menu.style.left = `${Math.max(GAP_PX, Math.min(at.x, innerWidth - width - GAP_PX))}px`;
    menu.style.top = `${Math.max(GAP_PX, at.y + height + GAP_PX > innerHeight ? at.y - height : at.y)}px`;
    menu.querySelector<HTMLElement>('[role=menuitem]')?.focus();
  }, [at]);
  useEffect(() => {
    const outside = (event: PointerEvent): void => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) onClose();
    };
    document.addEventListener('pointerdown', outside);
    window.addEventListener('blur', onClose);
    window.addEventListener('resize', onClose);
    return () => {
      document.removeEventListener('pointerdown', outside);
      window.removeEventListener('blur', onClose);
      window.removeEventListener('resize', onClose);
    };
  }, [onClose]);

  const leave = (): void => {
    onClose();
    if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus({ preventScroll: true });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const all = [...(box.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
    const now = all.findIndex((item) => item === document.activeElement);
    const to = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      all[(to + all.length) % all.length]?.focus();
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      event.stopPropagation();
      leave();
    }
  };
  const item = (id: string, icon: IconName, word: string, run: () => void, isOff = false) => (
    <button
      className="menu-item"
      type="button"
      role="menuitem"
      tabIndex={-1}
      aria-disabled={isOff || undefined}
      title={isOff ? t.visit.panel.notHere : undefined}
      data-testid={`menu-${id}`}
      onClick={() => {
        if (isOff) return;
        onClose();
        run();
      }}
    >
      <Icon name={icon} size="sm" />
      {word}
    </button>
  );
  const copyLink = async (): Promise<void> => {
    const link = `${location.origin}/visitors?visitor=${encodeURIComponent(whom.visitor)}`;
    showToast({ text: (await copyText(link)) ? t.visit.panel.linkCopied : t.visit.panel.notCopied(link) });
  };
  return (
    <div
      ref={box}
      className="menu floating visit-menu"
      role="menu"
      aria-label={t.visit.menu.label(visitorName(detail ?? whom))}
      data-testid="visit-menu"
      data-visit={whom.id}
      onKeyDown={onKeyDown}
      onContextMenu={(event) => event.preventDefault()}
    >
      <div role="group">
        {item('open', 'user', t.visit.menu.open, onChoose)}
        {conversation && conversation.status !== 'invited'
          ? item('conversation', 'chat', t.visit.panel.openConversation, () => open(conversation.id))
          : null}
        {!hasOpen && item('start', 'chat', t.visit.panel.startChat, () => onWish('start'), !isOnline)}
        {!hasOpen && item('invite', 'send', t.visit.panel.invite, () => onWish('invite'), !isOnline)}
        {item('note', 'note', t.visit.panel.note, () => onWish('note'))}
      </div>
      <div role="group">
        {item('link', 'link', t.visit.panel.copyLink, () => void copyLink())}
        <span className="menu-danger-group">{item('block', 'ban', t.visit.panel.block, onBlock)}</span>
      </div>
    </div>
  );
}
