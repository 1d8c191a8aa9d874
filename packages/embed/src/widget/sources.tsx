import { h } from 'preact';
import { Icon } from './icon.tsx';
import { OUT } from './icons-more.ts';
import { state } from './state.ts';

/** Where an AI agent has it from. */
export const Sources = ({ of: sources }: { readonly of: readonly { readonly title: string; readonly url: string }[] }) => (
  <ul class="from" aria-label={state.texts.sources}>
    {sources
      .filter(({ url }) => /^https?:/i.test(url))
      .map(({ title, url }, i) => (
        <li key={url}>
          <a href={url} target="_blank" rel="noopener noreferrer">
            <span class="cite">{i + 1}</span>
            {title}
            <Icon d={OUT} />
          </a>
        </li>
      ))}
  </ul>
);
