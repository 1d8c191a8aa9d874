import { useQuery } from '@tanstack/react-query';
import { blocksOfQuery } from '../../app/query-client.ts';
import { useLive } from '../../app/live.ts';
import { t } from '../../messages/catalogue.ts';
import { Icon } from '../../ui/icons.tsx';
import { momentWord } from '../../settings/blocks/block-times.ts';

/** That this visitor is blocked, and until when. */
export function BlockedTag({ visit }: { readonly visit: string }) {
  const { client } = useLive();
  const { data } = useQuery({ ...blocksOfQuery(visit), retry: false });
  const block = data?.[0];
  if (!block) return null;
  return (
    <span className="tag blocked-tag" data-testid="blocked">
      <Icon name="ban" />
      {block.until === null
        ? t.visit.panel.isBlocked
        : t.visit.panel.isBlockedUntil(momentWord(block.until, client.time.now() || Date.now()))}
    </span>
  );
}
