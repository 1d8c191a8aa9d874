import type { ReactNode } from 'react';

/**
 * A text of the catalogue with `**strong**` and `` `code` `` in it, and `[words]` for the one link that `link` draws.
 * Only for texts without anything a visitor or a member typed: theirs would be read as marks too.
 */
export function Rich({ text, link }: { readonly text: string; readonly link?: (words: string) => ReactNode }) {
  return text.split(/(\*\*[^*]+\*\*|`[^`]+`|\[[^\]]+\])/).map((part, i) => {
    if (part.startsWith('**')) return <b key={i}>{part.slice(2, -2)}</b>;
    if (part.startsWith('`'))
      return (
        <code key={i} className="mono">
          {part.slice(1, -1)}
        </code>
      );
    if (part.startsWith('[') && link) return <span key={i}>{link(part.slice(1, -1))}</span>;
    return part;
  });
}
