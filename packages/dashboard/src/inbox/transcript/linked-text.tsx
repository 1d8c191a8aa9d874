import { Fragment } from 'react';
import { WebLink } from '../../ui/web-link.tsx';

/** Addresses as people write them; what ends a sentence or a bracket around it is not part of one. */
const ADDRESS = /\bhttps?:\/\/[^\s<>"'`]+[^\s<>"'`.,;:!?)\]}»”]/gi;

/** A text as it was written, with its addresses as links. Nothing in it is markup. `mentions`: names that stand in it behind an @. */
export function LinkedText({ text, mentions = [] }: { readonly text: string; readonly mentions?: readonly string[] }) {
  const parts = mentions.length === 0 ? [text] : splitMentions(text, mentions);
  return parts.map((part, i) =>
    i % 2 === 1 ? (
      <span key={i} className="mention">
        {part}
      </span>
    ) : (
      <Linked key={i} text={part} />
    ),
  );
}

function Linked({ text }: { readonly text: string }) {
  const found = [...text.matchAll(ADDRESS)];
  if (found.length === 0) return text;
  let at = 0;
  const last = found.at(-1);
  return (
    <>
      {found.map((match) => {
        const before = text.slice(at, match.index);
        at = match.index + match[0].length;
        return (
          <Fragment key={match.index}>
            {before}
            <WebLink address={match[0]}>{match[0]}</WebLink>
          </Fragment>
        );
      })}
      {last && text.slice(last.index + last[0].length)}
    </>
  );
}

/** Odd parts are mentions. A longer name goes before one that it begins with. */
function splitMentions(text: string, names: readonly string[]): string[] {
  const escaped = names
    .flatMap((name) => [name, name.split(/\s+/)[0] ?? name])
    .filter((name) => name !== '')
    .toSorted((a, b) => b.length - a.length)
    .map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return escaped.length === 0 ? [text] : text.split(new RegExp(`(@(?:${escaped.join('|')})(?![\\p{L}\\p{N}]))`, 'u'));
}
