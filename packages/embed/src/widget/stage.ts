/** The element on the page and what it wears. After the body and out of the flow: nothing of the page moves, no style of the page reaches in. */
import { coloursOf } from './colours.ts';
import { state } from './state.ts';
import css from './widget.css';

let host: HTMLElement | undefined;
let root: HTMLElement;

export function stage(draw: (root: HTMLElement) => void): void {
  if (!host) {
    // Nothing was ever drawn, and nothing is to be.
    if (!state.look?.enabled) return;
    host = document.createElement('foyer-widget');
    const shadow = host.attachShadow({ mode: 'open' });
    root = document.createElement('section');
    shadow.append(root);
    adopt(css);
    watchKeyboard();
  }
  const { look, theme, language, isOpen, texts } = state;
  if (look) {
    const { accent, on, tint, link } = coloursOf(look.accent, theme);
    for (const [name, value] of Object.entries({ accent, on, tint, link, offset: `${look.offsetPx}px` }))
      root.style.setProperty(`--${name}`, value);
    root.className = `root ${theme} ${look.side} ${isOpen ? 'opened' : ''}`;
    root.lang = language;
    root.dir = host.dir = language === 'ar' ? 'rtl' : 'ltr';
    root.setAttribute('aria-label', texts.chat);
  }
  // A page that replaces its whole body, or its root, keeps its chat.
  if (!host.isConnected) document.documentElement.append(host);
  draw(root);
}

/** Where the keyboard covers the page instead of making it smaller (iOS), the panel takes what is left. */
function watchKeyboard(): void {
  const { visualViewport: view } = window;
  const fit = (): void => {
    root.style.setProperty('--height', `${view!.height}px`);
    root.style.setProperty('--top', `${view!.offsetTop}px`);
  };
  view?.addEventListener('resize', fit);
  view?.addEventListener('scroll', fit);
}
/** The styles of a chunk. Not a <style>: a strict policy would want a nonce for it. */
export function adopt(text: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  shadow()!.adoptedStyleSheets.push(sheet);
}
export const shadow = (): ShadowRoot | null => host?.shadowRoot ?? null;
