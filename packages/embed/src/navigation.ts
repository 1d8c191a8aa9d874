let restore: (() => void)[] = [];

/**
 * Hears pushState and replaceState. Wrapped where the page has them, on the object or on its prototype, so that whoever
 * patched before us or patches after us is called too; arguments, answer and exceptions pass through.
 */
export function patchHistory(navigated: () => void): void {
  restore = (['pushState', 'replaceState'] as const).map((name) => {
    // Not Object.hasOwn: it is younger than the browsers served.
    const owner: History = history.hasOwnProperty(name) ? history : History.prototype;
    const original = owner[name];
    const patched = function (this: History, ...args: Parameters<typeof original>) {
      const answer = original.apply(this, args);
      navigated();
      return answer;
    };
    owner[name] = patched;
    return () => {
      if (owner[name] === patched) owner[name] = original;
    };
  });
}
export const unpatchHistory = () => restore.forEach((undo) => undo());
