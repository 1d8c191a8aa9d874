import type { ChatState, Faces } from '@foyer/domain/chat';
import { type ChatFile, type Message, type WidgetLanguage } from '@foyer/protocol';
import type { ChatProfile, ChatStore } from '../ports/chat-store.ts';
import { type Letter, type MailFile, type MailLine, writeLetter, type Written } from './mail-body.ts';
import { lineOf, unreadReplies } from './mail-lines.ts';
import { MAIL_WORDS, mailLanguage } from './mail-words.ts';

/** What a mail shows of the site that the conversation is on. */
export interface MailSite {
  readonly domain: string;
  /** As visitors know the team: the look's, else the site's name. */
  readonly team: string;
  readonly accent: string;
  readonly language: WidgetLanguage | 'auto';
}
export interface LetterDeps {
  readonly chat: Pick<ChatStore, 'messagesBefore' | 'profile'>;
  /** null: the site is gone. */
  readonly siteOf: (site: string) => MailSite | null;
  readonly faces: Faces;
  /** Absolute and signed; '' when this server has no public address. */
  readonly urlOf: (file: ChatFile, conversation: string) => string;
}

const PAGE = 100;
/** Of one mail: more is a document. */
const MOST_REPLIES = 50;
const MOST_LINES = 2_000;

/** Writes what is mailed about a conversation as it stands now. */
export class LetterWriter {
  readonly #deps: LetterDeps;

  constructor(deps: LetterDeps) {
    this.#deps = deps;
  }

  /** Replies after `mailedSeq` that were not read, the first 50 of them; null: there are none. `upTo`: the last of them. */
  async digest(state: ChatState, mailedSeq: number): Promise<{ written: Written; upTo: number } | null> {
    const { workspace, id } = state;
    const seen = Math.max(state.visitorMarks.read, mailedSeq);
    const unread: Message[] = [];
    for (let before = state.seq + 1; before > seen + 1;) {
      const page = await this.#deps.chat.messagesBefore({ workspace, conversation: id, seq: before, limit: PAGE });
      unread.unshift(...unreadReplies(state, page, mailedSeq));
      before = page[0]?.seq ?? 0;
    }
    const shown = unread.slice(0, MOST_REPLIES);
    const last = shown.at(-1);
    if (!last) return null;
    return { written: writeLetter({ ...(await this.#letter(state, shown)), kind: 'digest', isCut: false }), upTo: last.seq };
  }

  /** All of it, or its last 2,000 messages. */
  async transcript(state: ChatState): Promise<Written> {
    const { workspace, id } = state;
    const all: Message[] = [];
    let before = state.seq + 1;
    while (before > 1 && all.length < MOST_LINES) {
      const page = await this.#deps.chat.messagesBefore({ workspace, conversation: id, seq: before, limit: PAGE });
      if (page.length === 0) break;
      all.unshift(...page);
      before = page[0]!.seq;
    }
    return writeLetter({ ...(await this.#letter(state, all)), kind: 'transcript', isCut: before > 1 });
  }

  async #letter(state: ChatState, messages: readonly Message[]): Promise<Omit<Letter, 'kind' | 'isCut'>> {
    const { chat, siteOf, faces, urlOf } = this.#deps;
    const profile = await chat.profile({ workspace: state.workspace, conversation: state.id });
    const site = siteOf(state.site);
    const lang = mailLanguage(site?.language ?? 'auto', profile?.lang ?? '');
    const fileOf = (file: ChatFile): MailFile => ({ name: file.name, url: urlOf(file, state.id) });
    const lines = messages
      .map((message) => lineOf(message, { faces, fileOf, ratingWord: MAIL_WORDS[lang].rating }))
      .filter((line): line is MailLine => line !== null);
    return {
      lang,
      team: site?.team ?? '',
      accent: site?.accent ?? '',
      link: linkOf(site?.domain ?? '', profile),
      timeZone: profile?.timeZone ?? '',
      lines,
    };
  }
}

/** The page the visitor saw last, if it is on the site's own domain: a mail never leads elsewhere. Else the site's first page. */
function linkOf(domain: string, profile: ChatProfile | null): string {
  if (domain === '') return '';
  const [name = ''] = domain.split(':');
  for (const { url } of profile?.pages ?? []) {
    const page = URL.parse(url);
    if (!page || (page.protocol !== 'https:' && page.protocol !== 'http:') || page.username !== '') continue;
    if (page.hostname === name || page.hostname.endsWith(`.${name}`)) return page.href;
  }
  return URL.parse(`https://${domain}`)?.href ?? '';
}
