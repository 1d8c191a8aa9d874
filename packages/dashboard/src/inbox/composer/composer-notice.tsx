import { CHAT_LIMITS } from '@foyer/protocol';
import type { ReactNode } from 'react';
import { t } from '../../messages/catalogue.ts';
import { Icon } from '../../ui/icons.tsx';
import type { Sending } from './use-send.ts';

/** Why what stands in the field does not go out, and what to do about it. One at a time, the gravest first. */
export function ComposerNotice({
  sending,
  lost,
  pastedChars,
  repliesFailed,
  onShow,
  onAttachPasted,
}: {
  readonly sending: Sending;
  /** Files that there was no room for. */
  readonly lost: number;
  /** Of a text too long to be pasted; 0: none. */
  readonly pastedChars: number;
  readonly repliesFailed: boolean;
  readonly onShow: (range: { from: number; to: number }) => void;
  readonly onAttachPasted: (() => void) | undefined;
}) {
  const { bytesTooMany, unknown, waits } = sending;
  const [first] = unknown;
  if (pastedChars > 0) {
    return (
      <Line kind="problem">
        {t.composer.pastedTooMuch(pastedChars, CHAT_LIMITS.textBytes)}{' '}
        {onAttachPasted && (
          <button className="link-button" type="button" data-testid="paste-as-file" onClick={onAttachPasted}>
            {t.composer.pasteAsFile}
          </button>
        )}
      </Line>
    );
  }
  if (bytesTooMany > 0) return <Line kind="problem">{t.composer.tooLong(bytesTooMany)}</Line>;
  if (first) {
    return (
      <Line kind="problem">
        {unknown.length === 1 ? t.composer.cannedMenu.unknown(first.text) : t.composer.cannedMenu.unknownMany(unknown.length)}{' '}
        <button className="link-button" type="button" onClick={() => onShow(first)}>
          {t.composer.cannedMenu.show}
        </button>
        <button className="link-button" type="button" data-testid="send-as-is" onClick={sending.sendAsIs}>
          {t.composer.cannedMenu.asIs}
        </button>
      </Line>
    );
  }
  if (lost > 0) return <Line kind="problem">{t.composer.files.tooMany(CHAT_LIMITS.filesPerMessage)}</Line>;
  if (repliesFailed) return <Line kind="problem">{t.composer.cannedMenu.readFailed}</Line>;
  if (waits) return <Line kind="waits">{t.composer.waitForFiles}</Line>;
  return null;
}

function Line({ kind, children }: { readonly kind: 'problem' | 'waits'; readonly children: ReactNode }) {
  return (
    <p className="composer-notice" data-kind={kind} role={kind === 'problem' ? 'alert' : 'status'} data-testid="composer-notice">
      <Icon name={kind === 'problem' ? 'warn' : 'clock'} size="sm" />
      <span>{children}</span>
    </p>
  );
}
