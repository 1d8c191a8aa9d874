import type { ChatSource } from '@foyer/protocol';
import { t } from '../messages/catalogue.ts';
import { Icon } from '../ui/icons.tsx';
import { InboxIcon } from './inbox-icon.tsx';

/** Where a conversation comes from. Neutral; only WhatsApp's mark has its colour. */
export function SourceMark({ source }: { readonly source: ChatSource }) {
  return (
    <span className={`source source-${source}`}>
      {source === 'api' ? (
        <Icon name="code" size="sm" />
      ) : source === 'playground' ? (
        <Icon name="laptop" size="sm" />
      ) : (
        <InboxIcon name={source === 'fluent_support' ? 'ticket' : source} size="sm" />
      )}
      <span className="truncate">{t.inbox.sources[source]}</span>
    </span>
  );
}
