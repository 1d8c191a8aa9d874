/** The word the caret is in, as a filter is typed at its end: `"new yor` of `shoes "new yor`. */
export const lastWord = (draft: string): string => /(?:[^\s"]|"[^"]*"?)*$/.exec(draft)?.[0] ?? '';

/** The draft with its last word replaced. */
export const withLastWord = (draft: string, word: string): string => draft.slice(0, draft.length - lastWord(draft).length) + word;
