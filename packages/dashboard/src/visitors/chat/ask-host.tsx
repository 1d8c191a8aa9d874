import './visitor-chat.css';
import { useCallback } from 'react';
import { asked, type Asked, wished } from './asked.ts';
import { BlockDialog } from './block-dialog.tsx';
import { VisitMenu } from './visit-menu.tsx';

const close = (): void => asked.set(null);

/** Shows what was asked for at a row, a tooltip, a popup or in the details. */
export function AskHost({ now, onChoose }: { readonly now: Asked; readonly onChoose: (visitor: string) => void }) {
  const { whom } = now;
  const choose = useCallback(() => onChoose(whom.visitor), [onChoose, whom.visitor]);
  if (now.what === 'block') return <BlockDialog key={whom.visitor} whom={whom} onClose={close} />;
  return (
    <VisitMenu
      key={`${whom.id} ${now.at.x} ${now.at.y}`}
      whom={whom}
      at={now.at}
      onChoose={choose}
      onWish={(wish) => {
        wished.set({ visitor: whom.visitor, wish });
        choose();
      }}
      onBlock={() => asked.set({ what: 'block', whom })}
      onClose={close}
    />
  );
}
