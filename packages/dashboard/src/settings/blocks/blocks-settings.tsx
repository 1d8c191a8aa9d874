import './blocks.css';
import type { Block } from '@foyer/protocol';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { chatAgentsQuery, blocksQuery } from '../../api/chat-queries.ts';
import { api } from '../../api/foyer-api.ts';
import { useLive } from '../../app/live.ts';
import { queryClient } from '../../app/query-client.ts';
import { t } from '../../messages/catalogue.ts';
import { number } from '../../messages/format.ts';
import { FailureNote, showFailure } from '../../ui/failure.tsx';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { TickText } from '../../ui/tick-text.tsx';
import { showToast } from '../../ui/toast.tsx';
import { SettingsHead } from '../settings-head.tsx';
import { AddRange } from './add-range.tsx';
import { leftWord, momentWord } from './block-times.ts';

const ICONS: Readonly<Record<Block['kind'], IconName>> = { address: 'globe', range: 'server', visitor: 'user' };
const readAgain = (): Promise<void> => queryClient.invalidateQueries({ queryKey: ['blocks'] });

/** Who is blocked, until when, by whom and why; each can be taken back, and a range added. */
export function BlocksSettings() {
  const { data, error } = useQuery(blocksQuery);
  const { client } = useLive();
  const blocks = (data ?? []).filter(({ until }) => until === null || until > (client.time.now() || Date.now()));
  useNextEnd(blocks);
  return (
    <div className="settings-page">
      <SettingsHead title={t.blocks.title} text={t.blocks.text} />
      <section className="setting-group">
        <h2>{t.blocks.add}</h2>
        <AddRange onAdded={() => void readAgain()} />
      </section>
      <section className="setting-group" aria-busy={data === undefined && !error}>
        <h2>
          {t.blocks.listed} {blocks.length > 0 && <span className="tally">{number(blocks.length)}</span>}
        </h2>
        {error && <FailureNote failure={error} />}
        {data && blocks.length === 0 && (
          <div className="card blocks-none">
            <p className="name">{t.blocks.none}</p>
            <p className="hint">{t.blocks.noneText}</p>
          </div>
        )}
        {blocks.length > 0 && (
          <ul className="card people-card" data-testid="blocks">
            {blocks.map((block) => (
              <BlockLine key={block.id} block={block} />
            ))}
          </ul>
        )}
        {!data && !error && <div className="card blocks-wait" />}
      </section>
    </div>
  );
}

/** A block that runs out leaves the list by itself. */
function useNextEnd(blocks: readonly Block[]): void {
  const { client } = useLive();
  const [, again] = useState(0);
  const next = Math.min(...blocks.map(({ until }) => until ?? Number.POSITIVE_INFINITY));
  useEffect(() => {
    if (next === Number.POSITIVE_INFINITY) return;
    const timer = setTimeout(() => again((n) => n + 1), Math.min(2 ** 31 - 1, Math.max(0, next - (client.time.now() || Date.now())) + 50));
    return () => clearTimeout(timer);
  }, [next, client]);
}

function whoOf({ kind, what, label }: Block): string {
  if (kind === 'range') return what;
  if (kind === 'visitor') return label || t.blocks.aVisitor;
  return label ? t.blocks.addressOf(label) : t.blocks.anAddress;
}

function BlockLine({ block }: { readonly block: Block }) {
  const { client } = useLive();
  const { data: agents = [] } = useQuery(chatAgentsQuery);
  const [isAsked, setAsked] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const who = whoOf(block);
  const now = client.time.now() || block.createdAt;
  const by = agents.find((one) => one.id === block.createdBy)?.name ?? (block.createdBy === '' ? t.blocks.formerMember : '');
  const { until } = block;

  const takeBack = async (): Promise<void> => {
    setBusy(true);
    await api.unblock(block.id).then(() => {
      if (block.kind !== 'range') return showToast({ text: t.blocks.takenBack(who) });
      const forMs = until === null ? undefined : until - (client.time.now() || Date.now());
      showToast({
        text: t.blocks.rangeBack(who),
        undo: () =>
          void api
            .blockRange({
              range: block.what,
              // What runs out within the minute needs no bringing back; less than that the server takes for a mistake.
              ...(forMs === undefined ? {} : { forMs: Math.max(60_000, Math.round(forMs)) }),
              ...(block.note === '' ? {} : { note: block.note }),
            })
            .then(readAgain, showFailure),
      });
    }, showFailure);
    setBusy(false);
    await readAgain();
  };
  return (
    <li className="setting person block" data-testid="block" data-kind={block.kind}>
      <span className="avatar avatar-visitor" aria-hidden="true">
        <Icon name={ICONS[block.kind]} size="sm" />
      </span>
      <div>
        <p className="name block-who">
          <bdi className="truncate">{who}</bdi>
          <span className="tag">{t.blocks.kinds[block.kind]}</span>
        </p>
        <p className="hint">
          {by === '' ? momentWord(block.createdAt, now) : t.blocks.by(by, momentWord(block.createdAt, now))}
          {block.kind === 'address' && ` · ${t.blocks.hashed}`}
        </p>
        {block.note !== '' && (
          <p className="hint block-note-text" dir="auto">
            {block.note}
          </p>
        )}
      </div>
      <span className="block-until num" data-testid="block-until">
        {until === null ? (
          t.blocks.open
        ) : (
          <>
            {t.blocks.until(momentWord(until, now))}
            <TickText className="hint" text={(at) => (at === 0 ? '' : leftWord(until - at))} />
          </>
        )}
      </span>
      {/* A range can be brought back from the toast; whom the others mean is known only as a fingerprint, so that takes a second press. */}
      <button
        className={isAsked ? 'button button-sm button-danger' : 'button button-sm'}
        type="button"
        aria-label={isAsked ? t.blocks.takeBackSure : t.blocks.takeBackOf(who)}
        disabled={isBusy}
        data-testid="take-back"
        onBlur={() => setAsked(false)}
        onClick={() => (block.kind === 'range' || isAsked ? void takeBack() : setAsked(true))}
      >
        {isAsked ? t.blocks.takeBackSure : t.blocks.takeBack}
      </button>
    </li>
  );
}
