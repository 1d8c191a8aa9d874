import { Fragment, h } from 'preact';
import { partsOf } from './links.ts';

/** Plain text with its addresses as links; never markup. */
export const Words = ({ text }: { readonly text: string }) => (
  <Fragment>
    {partsOf(text).map(({ text: piece, href }) =>
      href ? (
        <a href={href} target="_blank" rel="noopener noreferrer">
          {piece}
        </a>
      ) : (
        piece
      ),
    )}
  </Fragment>
);
