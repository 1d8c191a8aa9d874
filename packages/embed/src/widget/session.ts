/**
 * The tab's end of a conversation: hello, what comes, what has to be said again. What is repeated and asked for is decided in
 * domain/link (deliver, CH33–CH35).
 */
import { deliver, type LineEvent, newLine } from '@foyer/domain/link';
import { VISITOR_PROTOCOL, type VisitorChatDown, type VisitorMessage } from '@foyer/protocol/link';
import { isRemembered, keepOutgoing, rememberConversation } from './kept.ts';
import { hearTyping } from './typing.ts';
import { mark, markAgain, notice } from './notice.ts';
import { change, type Said, state } from './state.ts';
import { clean, kept, remember, say, settings, tab } from './tracker.ts';

/** Of a visitor without storage, or before consent: in no storage, gone with the page. */
let tabSecret: string | undefined;
/** Run with each answer to hello. */
export const greeted = new Set<() => void>();
let isGreeted = false;
/** Somebody needs the conversation: the visitor opened it, somebody wrote, or one is remembered. */
let isNeeded = false;

/** What was asked for last, as its key. */
let asked = '';

export function step(event: LineEvent<Said, VisitorMessage>): void {
  const { line, send, ask } = deliver(state.line, event);
  change({ line });
  keepOutgoing();
  if (send) say(send);
  if (!ask) return;
  // What comes while a gap is open shows the same gap: once is enough. Should the answer be lost, the next head or connection asks again.
  const key = ask.conversation + ask.rev;
  if (event.e !== 'changes' || key !== asked) say({ t: 'chat.after', ...ask });
  asked = key;
}

/** Says hello on this connection, once; on the next ones by itself. */
export function hello(): void {
  isNeeded = true;
  if (isGreeted) return;
  const { conversation, rev } = state.line;
  isGreeted = say({
    t: 'chat.hello',
    v: VISITOR_PROTOCOL,
    tab,
    secret: (kept() || '').slice(1) || tabSecret,
    lang: navigator.language,
    tz: Intl.DateTimeFormat().resolvedOptions().timeZone,
    page: here(),
    have: conversation ? { conversation, rev } : undefined,
    playground: settings['playground'] == null ? undefined : true,
  });
}

let toldHref = '';
const here = () => ({ url: clean((toldHref = location.href)), title: document.title.slice(0, 300) });
/** Where the visitor is by now, on a site that does not reload: kept with the conversation, also when tracking is off. */
export const tellPage = (): void =>
  void (isGreeted && state.conversation && toldHref !== location.href && say({ t: 'chat.page', ...here() }));

let cutTimer: ReturnType<typeof setTimeout> | undefined;
/** A short break is nobody's business. */
const SAY_CUT_AFTER_MS = 4_000;

function calm(): void {
  clearTimeout(cutTimer);
  cutTimer = undefined;
}
export function connected(): void {
  calm();
  change({ isConnected: true, isCut: false });
  markAgain();
  if (isNeeded || isRemembered()) hello();
}
export function disconnected(): void {
  isGreeted = false;
  // Every failed try comes here; it is cut since the first.
  cutTimer ??= setTimeout(() => change({ isCut: true }), SAY_CUT_AFTER_MS);
  change({ isConnected: false, typing: null });
  step({ e: 'closed' });
}
/** After a denial or a shutdown nothing of the conversation is left in this page. */
export function forget(): void {
  calm();
  isGreeted = isNeeded = false;
  tabSecret = undefined;
  change({
    line: newLine(),
    conversation: null,
    you: null,
    sent: [],
    uploads: [],
    isOpen: false,
    isConnected: false,
    isCut: false,
    view: 'home',
  });
}

/** What each frame does; what a newer server says besides is none of ours. Pages of a transcript are never asked for: it comes whole, by its changes. */
export const hear: { readonly [T in Exclude<VisitorChatDown['t'], 'chat.history'>]: (frame: Extract<VisitorChatDown, { t: T }>) => void } =
  {
    'chat.wake': hello,
    'chat.you'(you) {
      if (you.secret) {
        if (you.keep === 'cookie' && kept() !== false) remember(undefined, you.secret);
        else tabSecret = you.secret;
      }
      const { conversation, rev } = you;
      // The one of earlier is over for good: what comes next begins another.
      if (!conversation) change({ line: { ...newLine(), outgoing: state.line.outgoing } });
      change({ you, conversation, clockMs: you.now - performance.now(), isRated: !!conversation?.rated });
      if (state.isOpen) say({ t: 'chat.shown', open: true });
      if (conversation) step({ e: 'head', conversation: conversation.id, rev });
      step({ e: 'opened' });
      rememberConversation();
      for (const run of greeted) run();
    },
    'chat.changes'(frame) {
      const { conversation, messages } = frame;
      if (conversation.id !== state.line.conversation) change({ sent: [] });
      const isLate = conversation.id === state.line.conversation && frame.rev < state.line.rev;
      step({ e: 'changes', ...frame, conversation: conversation.id });
      const cids = new Set(messages.map(({ cid }) => cid));
      const wasOver = state.conversation?.status === 'resolved';
      change({
        sent: state.sent.filter(({ frame: { cid } }) => !cids.has(cid)),
        ...(isLate ? {} : { conversation, isRated: conversation.rated, queue: conversation.status === 'unassigned' ? state.queue : null }),
        ...(wasOver && conversation.status !== 'resolved' ? { stars: 0 } : {}),
      });
      rememberConversation();
      notice(messages);
    },
    'chat.receipt'({ cid, seq }) {
      const said = state.line.outgoing.find(({ frame }) => frame.cid === cid)?.frame;
      if (said?.t === 'chat.say' && !state.line.messages.some((message) => message.cid === cid))
        change({ sent: [...state.sent, { frame: said, seq }] });
      step({ e: 'receipt', cid });
    },
    'chat.refused'({ cid, code, retryAfterMs }) {
      const said = state.line.outgoing.find(({ frame }) => frame.cid === cid)?.frame;
      step({ e: 'refused', cid, code, retryAfterMs, now: performance.now() });
      if (retryAfterMs !== undefined) return void setTimeout(() => step({ e: 'wake', now: performance.now() }), retryAfterMs + 1);
      // Words stay, with the reason; a click that came too late is told once and gone.
      if (said?.t === 'chat.say') return;
      step({ e: 'drop', cid });
      const { refused, noTranscript } = state.texts;
      if (!/^already/.test(code)) change({ notice: said?.t === 'chat.mail' ? noTranscript : refused[code as 'blocked'] || refused.other });
    },
    'chat.head': ({ conversation, rev }) => step({ e: 'head', conversation, rev }),
    'chat.typing': hearTyping,
    'chat.queue'({ position, waitMs }) {
      change({ queue: position ? { position, waitMs } : null });
      mark();
    },
  };
