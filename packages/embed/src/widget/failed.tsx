import { h } from 'preact';
import type { ChatRefusal } from '@foyer/protocol/link';
import { Icon } from './icon.tsx';
import { ALERT } from './icons-more.ts';
import { step } from './session.ts';
import { state } from './state.ts';

/** Words that were refused for good: they stay until the visitor says what becomes of them. */
export function Failed({ cid, code }: { readonly cid: string; readonly code: ChatRefusal }) {
  const { texts } = state;
  return (
    <p class="meta failed" role="alert">
      <Icon d={ALERT} />
      {texts.failed} {texts.refused[code as 'blocked'] ?? ''}
      <button class="do" type="button" onClick={() => step({ e: 'retry', cid })}>
        {texts.again}
      </button>
      <button class="do" type="button" onClick={() => step({ e: 'drop', cid })}>
        {texts.discard}
      </button>
    </p>
  );
}
