const BADGE = /^\(\d+\+?\) /;

/** Keeps `(3) ` before the title of the page, whatever screens make of it, and the number on the icon of the installed app. */
export class TitleBadge {
  readonly #title: HTMLTitleElement | null = document.querySelector('title');
  readonly #observer = new MutationObserver(() => this.#write());
  #count = 0;

  start(): () => void {
    if (this.#title) this.#observer.observe(this.#title, { childList: true });
    return () => {
      this.#observer.disconnect();
      this.set(0);
    };
  }

  set(count: number): void {
    this.#count = count;
    this.#write();
    if (!('setAppBadge' in navigator)) return;
    // Only an installed app has an icon; elsewhere it is refused.
    (count > 0 ? navigator.setAppBadge(count) : navigator.clearAppBadge()).catch(() => undefined);
  }

  #write(): void {
    const plain = document.title.replace(BADGE, '');
    const wanted = this.#count > 0 ? `(${this.#count > 99 ? '99+' : this.#count}) ${plain}` : plain;
    if (document.title !== wanted) document.title = wanted;
  }
}
