import type { Detail } from '@foyer/protocol';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../api/foyer-api.ts';
import { blocksOfQuery, queryClient } from '../app/query-client.ts';
import { t } from '../messages/catalogue.ts';
import { copyText } from '../ui/copy-text.ts';
import { showFailure } from '../ui/failure.tsx';
import { Icon } from '../ui/icons.tsx';
import { Menu } from '../ui/menu.tsx';
import { showToast } from '../ui/toast.tsx';
import { visitorName } from '../words/names.ts';
import { LaterButton } from './later-button.tsx';

const readAgain = (): Promise<void> => queryClient.invalidateQueries({ queryKey: ['blocks'] });

/** What can be done about this visitor. What needs the chat says so until there is one. */
export function PanelActions({ detail, onNote }: { readonly detail: Detail; readonly onNote: () => void }) {
  const name = visitorName(detail);
  const blocks = useQuery({ ...blocksOfQuery(detail.id), retry: false });
  const [busy, setBusy] = useState(false);
  const blocked = blocks.data?.[0];

  const act = async (run: () => Promise<void>): Promise<void> => {
    setBusy(true);
    await run().catch(showFailure);
    setBusy(false);
    await readAgain();
  };
  const unblock = (block: string): Promise<void> =>
    act(async () => {
      await api.unblock(block);
      showToast({ text: t.visit.panel.unblocked(name) });
    });
  const block = (): Promise<void> =>
    act(async () => {
      const made = await api.block(detail.id);
      showToast({ text: t.visit.panel.blocked(name), undo: () => void unblock(made.id) });
    });
  const copy = async (text: string, done: string): Promise<void> =>
    showToast({ text: (await copyText(text)) ? done : t.visit.panel.notCopied(text) });

  return (
    <div className="panel-actions" role="group" aria-label={t.visit.panel.actions} data-long={detail.chat !== '' || undefined}>
      {detail.chat === '' ? (
        <LaterButton testId="start-chat" reason={t.visit.panel.chatLater}>
          <Icon name="chat" />
          {t.visit.panel.startChat}
        </LaterButton>
      ) : (
        <LaterButton testId="open-conversation" reason={t.visit.panel.chatLater}>
          <Icon name="chat" />
          {t.visit.panel.openConversation}
        </LaterButton>
      )}
      <LaterButton testId="invite" reason={t.visit.panel.chatLater}>
        <Icon name="send" />
        {t.visit.panel.invite}
      </LaterButton>
      <button className="button" type="button" onClick={onNote} data-testid="note-action">
        <Icon name="note" />
        {t.visit.panel.note}
      </button>
      <Menu
        button={<Icon name="more" />}
        buttonLabel={t.visit.panel.more}
        buttonClass="icon-button"
        align="end"
        testId="panel-more"
        groups={[
          {
            items: [
              {
                id: 'link',
                label: (
                  <>
                    <Icon name="link" size="sm" />
                    {t.visit.panel.copyLink}
                  </>
                ),
                onSelect: () =>
                  void copy(`${location.origin}/visitors?visitor=${encodeURIComponent(detail.visitor)}`, t.visit.panel.linkCopied),
              },
              {
                id: 'id',
                label: (
                  <>
                    <Icon name="copy" size="sm" />
                    {t.visit.panel.copyId}
                  </>
                ),
                onSelect: () => void copy(detail.visitor, t.visit.panel.copied),
              },
            ],
          },
          {
            items: [
              blocked
                ? {
                    id: 'unblock',
                    label: (
                      <>
                        <Icon name="undo" size="sm" />
                        {t.visit.panel.unblock}
                      </>
                    ),
                    onSelect: () => void (busy || unblock(blocked.id)),
                  }
                : {
                    id: 'block',
                    label: (
                      <span className="menu-danger">
                        <Icon name="ban" size="sm" />
                        {t.visit.panel.block}
                      </span>
                    ),
                    onSelect: () => void (busy || block()),
                  },
            ],
          },
        ]}
      />
    </div>
  );
}
