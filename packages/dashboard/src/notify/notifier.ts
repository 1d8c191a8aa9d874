import type { Notice, NoticeKind } from './notice.ts';
import type { NotifyPrefs } from './prefs.ts';

/** What a page says to the other pages of the same agent in this browser. */
export type PageSays =
  /** Where it is, and whether it can be heard. */
  | { readonly k: 'page'; readonly page: string; readonly focused: boolean; readonly path: string; readonly audible: boolean }
  | { readonly k: 'who' }
  | { readonly k: 'gone'; readonly page: string }
  /** This one page plays it. */
  | { readonly k: 'play'; readonly page: string; readonly sound: NoticeKind }
  /** The agent has it on the screen: what was shown about it goes. */
  | { readonly k: 'read'; readonly conversation: string };

export interface NotifierPorts {
  /** Name of this page, told apart from every other one. */
  readonly page: string;
  readonly say: (said: PageSays) => void;
  readonly prefs: () => NotifyPrefs;
  readonly isAudible: () => boolean;
  readonly play: (sound: NoticeKind) => void;
  /** A notification of the browser, when it is permitted. */
  readonly show: (notice: Notice) => void;
  readonly hide: (tag: string) => void;
  readonly at: () => { readonly focused: boolean; readonly path: string };
}
interface Page {
  readonly focused: boolean;
  readonly path: string;
  readonly audible: boolean;
}

/**
 * Notifier — one page's part in telling an agent things once, however many pages are open.
 *
 * Purpose     every page hears the same frames; the one that leads (leader.ts) tells, and where it cannot be heard another one plays.
 * Rules       nothing about what is on the focused screen; no notification while any page has the focus; each tag and word once.
 */
export class Notifier {
  readonly #ports: NotifierPorts;
  readonly #pages = new Map<string, Page>();
  #leads = false;

  constructor(ports: NotifierPorts) {
    this.#ports = ports;
  }

  /** This page leads from now on: it asks the others where they are. */
  lead(): void {
    this.#leads = true;
    this.#ports.say({ k: 'who' });
  }

  /** Focus, path or audibility of this page has changed. */
  moved(): void {
    const { page, say, at, isAudible, hide } = this.#ports;
    const { focused, path } = at();
    say({ k: 'page', page, focused, path, audible: isAudible() });
    const conversation = focused ? conversationAt(path) : '';
    if (conversation === '') return;
    hide(`chat:${conversation}`);
    say({ k: 'read', conversation });
  }

  leave(): void {
    this.#ports.say({ k: 'gone', page: this.#ports.page });
  }

  hear(said: PageSays): void {
    switch (said.k) {
      case 'page':
        this.#pages.set(said.page, { focused: said.focused, path: said.path, audible: said.audible });
        return;
      case 'who':
        return this.moved();
      case 'gone':
        this.#pages.delete(said.page);
        return;
      case 'play':
        if (said.page === this.#ports.page) this.#ports.play(said.sound);
        return;
      case 'read':
        this.#ports.hide(`chat:${said.conversation}`);
    }
  }

  notice(notice: Notice): void {
    if (!this.#leads) return;
    const { prefs, at, show } = this.#ports;
    const wanted = prefs();
    if (!wanted.kinds[notice.kind]) return;
    const focused = [at(), ...this.#pages.values()].filter((page) => page.focused);
    // What somebody looks at need not be told.
    if (notice.conversation !== '' && focused.some(({ path }) => conversationAt(path) === notice.conversation)) return;
    if (notice.sound && wanted.sound) this.#sound(notice.kind);
    if (notice.notify && wanted.notify && focused.length === 0) show(notice);
  }

  #sound(kind: NoticeKind): void {
    const { isAudible, play, say } = this.#ports;
    if (isAudible()) return play(kind);
    for (const [page, { audible }] of this.#pages) if (audible) return say({ k: 'play', page, sound: kind });
  }
}

/** '' = no conversation is open there. */
export function conversationAt(path: string): string {
  const [, id = ''] = /^\/inbox\/([^/?#]+)/.exec(path) ?? [];
  try {
    return decodeURIComponent(id);
  } catch {
    return '';
  }
}
