import { useEffect, useSyncExternalStore } from 'react';
import { withTexts } from '../../messages/catalogue.ts';
import { late } from '../../ui/late.tsx';
import { asked } from './asked.ts';

const AskHost = late(
  withTexts(['visit', 'blocks'], () => import('./ask-host.tsx').then((module) => module.AskHost)),
  { failed: () => null },
);
const InvitationNews = late(
  withTexts(['visit'], () => import('./invitation-news.tsx').then((module) => module.InvitationNews)),
  { failed: () => null },
);
export const preloadAsk = AskHost.preload;

/** What was asked for about one visitor, over everything else; and what became of one's own invitations. */
export function AskLayer({ isListThere, onChoose }: { readonly isListThere: boolean; readonly onChoose: (visitor: string) => void }) {
  const now = useSyncExternalStore(asked.subscribe, asked.get);
  // Another page is not the place for it.
  useEffect(() => () => asked.set(null), []);
  return (
    <>
      {now && <AskHost now={now} onChoose={onChoose} />}
      {isListThere && <InvitationNews />}
    </>
  );
}
