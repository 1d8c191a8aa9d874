import type { Row, Site } from '@foyer/protocol';
import type { ReactNode } from 'react';
import { t } from '../../messages/catalogue.ts';
import { Flag } from '../../ui/flag.tsx';
import { Icon } from '../../ui/icons.tsx';
import { TickText } from '../../ui/tick-text.tsx';
import { pathOf } from '../../words/address.ts';
import { placeName, statusWord, visitorName } from '../../words/names.ts';
import { activity } from '../../words/time.ts';
import type { Command } from './commands.ts';

export interface Option {
  readonly id: string;
  readonly isOn: boolean;
  readonly onPoint: () => void;
  readonly onChoose: () => void;
}

function Line({ option, testId, children }: { readonly option: Option; readonly testId: string; readonly children: ReactNode }) {
  return (
    <div
      id={option.id}
      className="palette-line"
      role="option"
      aria-selected={option.isOn}
      data-testid={testId}
      // Only a pointer that moves chooses: one that lies there while the list changes below it does not.
      onPointerMove={() => {
        if (!option.isOn) option.onPoint();
      }}
      // The focus stays in the field.
      onMouseDown={(event) => event.preventDefault()}
      onClick={option.onChoose}
    >
      {children}
    </div>
  );
}

export function CommandLine({
  command,
  option,
}: {
  readonly command: Pick<Command, 'icon' | 'label' | 'hint' | 'keys' | 'checked'>;
  readonly option: Option;
}) {
  return (
    <Line option={option} testId="palette-command">
      <Icon name={command.icon} />
      <span className="truncate">{command.label}</span>
      {command.hint && <span className="palette-hint truncate">{command.hint}</span>}
      <span className="spacer" />
      {command.checked && (
        <>
          <span className="visually-hidden">{t.palette.now}</span>
          <Icon name="check" size="sm" />
        </>
      )}
      {command.keys && (
        <span className="palette-keys only-wide" aria-hidden="true">
          {command.keys.map((key) => (
            <kbd key={key}>{key}</kbd>
          ))}
        </span>
      )}
    </Line>
  );
}

export function VisitorLine({ row, sites, option }: { readonly row: Row; readonly sites: readonly Site[]; readonly option: Option }) {
  const place = placeName(row);
  const site = sites.length > 1 ? sites.find((one) => one.id === row.site)?.name : undefined;
  return (
    <Line option={option} testId="palette-visitor">
      <span className="palette-who">
        <span className="dot" data-status={row.status} role="img" aria-label={statusWord(row.status)} />
        <Flag country={row.country} named={place !== ''} />
      </span>
      <span className="palette-visitor">
        <span className="truncate">
          <b>{visitorName(row)}</b>
          {place !== '' && <span className="muted"> {place}</span>}
        </span>
        <small className="truncate">{[row.title || pathOf(row.url), site].filter(Boolean).join(' · ')}</small>
      </span>
      <span className="spacer" />
      <TickText
        className="palette-hint num"
        text={(now) => activity({ lastActivityAt: row.lastActivityAt, online: row.online, now }).text}
      />
    </Line>
  );
}
