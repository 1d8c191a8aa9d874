/** The large view of a picture (its own chunk): over everything of the chat, closed by Escape, a click beside it, or its button. */
import css from './preview.css';
import { adopt } from './stage.ts';
import type { Texts } from './texts/en.ts';

adopt(css);

export interface Picture {
  /** What was clicked: the view hangs beside it, and focus goes back to it. */
  readonly from: HTMLElement;
  readonly inline: string;
  readonly url: string;
  readonly name: string;
  readonly texts: Texts;
}

export function showPicture({ from, inline, url, name, texts }: Picture): void {
  const dialog = document.createElement('dialog');
  dialog.className = 'view';
  dialog.setAttribute('aria-label', name);
  const image = document.createElement('img');
  image.src = inline;
  image.alt = name;
  const link = document.createElement('a');
  link.href = url;
  link.textContent = texts.download;
  link.download = name;
  link.target = '_blank';
  link.rel = 'noopener noreferrer';
  const close = document.createElement('button');
  close.type = 'button';
  close.textContent = '✕';
  close.setAttribute('aria-label', texts.dismiss);
  const bar = document.createElement('p');
  bar.append(link, close);
  dialog.append(bar, image);
  // Not the panel's: Escape closes the picture, not the chat.
  dialog.addEventListener('keydown', (event) => event.stopPropagation());
  dialog.addEventListener('click', ({ target }) => {
    if (target === dialog || target === close) dialog.close();
  });
  dialog.addEventListener('close', () => {
    dialog.remove();
    from.focus();
  });
  (from.getRootNode() as ShadowRoot).querySelector('.root')!.append(dialog);
  dialog.showModal();
}
