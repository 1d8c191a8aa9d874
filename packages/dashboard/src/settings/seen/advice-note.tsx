import type { Seen } from '@foyer/protocol';
import { t } from '../../messages/catalogue.ts';
import { listAnd } from '../../messages/format.ts';
import { Icon } from '../../ui/icons.tsx';
import { Rich } from '../../ui/rich.tsx';
import { type Advice, adviceOf } from './way.ts';

/** What is right or wrong with the address, and what to do about it. */
export function AdviceNote({ address }: { readonly address: Seen['address'] }) {
  const advice = adviceOf(address);
  const { title, text } = saying(advice);
  const isBad = advice.kind === 'proxyNotTrusted' || advice.kind === 'noAddress';
  return (
    <>
      <div
        className="verdict"
        role="status"
        data-status={advice.kind === 'fine' ? 'active' : isBad ? 'unassigned' : 'inactive'}
        data-testid="seen-advice"
        data-advice={advice.kind}
      >
        <Icon name={advice.kind === 'fine' ? 'check' : 'warn'} />
        <div>
          <p>
            <b>{title}</b>
          </p>
          <p>
            <Rich text={text} />
          </p>
        </div>
      </div>
      {address.unread.length > 0 && (
        <div className="verdict" data-status="unassigned" data-testid="seen-unread">
          <Icon name="warn" />
          <p>{t.seen.unread(listAnd(address.unread.map(headerName)))}</p>
        </div>
      )}
    </>
  );
}

function saying(advice: Advice): { readonly title: string; readonly text: string } {
  if (advice.kind === 'proxyNotTrusted' || advice.kind === 'perhapsProxy')
    return { title: t.seen[advice.kind], text: t.seen[`${advice.kind}Text`](advice.ip, advice.setting) };
  if (advice.kind === 'fine')
    return { title: t.seen.fine, text: advice.proxies === 0 ? t.seen.fineDirect : t.seen.fineProxies(advice.proxies) };
  return { title: t.seen[advice.kind], text: t.seen[`${advice.kind}Text`] };
}

/** `x-real-ip` as people write it. */
const headerName = (name: string): string => name.replace(/(^|-)(ip\b|[a-z])/g, (part) => part.toUpperCase());
