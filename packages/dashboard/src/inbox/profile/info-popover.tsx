import './profile.css';
import type { Conversation } from '@foyer/protocol';
import { useEffect, useId, useRef, useState } from 'react';
import { t } from '../../messages/catalogue.ts';
import { FailureNote } from '../../ui/failure.tsx';
import { Icon } from '../../ui/icons.tsx';
import * as Facts from './person-facts.tsx';
import { useProfile } from './use-profile.ts';

/** The button in the conversation's head, with place, browser and IP under it: what is asked most often, without the profile. */
export function InfoPopover({ conversation }: { readonly conversation: Conversation }) {
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  useEffect(() => {
    if (!isOpen) return;
    const outside = (event: PointerEvent): void => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [isOpen]);
  return (
    <div
      className="info-anchor"
      ref={root}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !isOpen) return;
        event.preventDefault();
        event.stopPropagation();
        setOpen(false);
        button.current?.focus();
      }}
    >
      <button
        ref={button}
        className="icon-button"
        type="button"
        aria-label={t.profile.info}
        title={t.profile.info}
        aria-expanded={isOpen}
        aria-haspopup="dialog"
        aria-controls={isOpen ? id : undefined}
        data-testid="info-button"
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="info" />
      </button>
      {isOpen && (
        <div className="info-popover floating" id={id} role="dialog" aria-label={t.profile.info} data-testid="info-popover">
          <Content conversation={conversation} />
        </div>
      )}
    </div>
  );
}

function Content({ conversation }: { readonly conversation: Conversation }) {
  const { profile, failure } = useProfile(conversation);
  if (!profile && failure) return <FailureNote failure={failure} />;
  if (!profile) return <FactsSkeleton />;
  return (
    <dl className="facts">
      <Facts.Place profile={profile} />
      <Facts.LocalTime profile={profile} />
      <Facts.Browser profile={profile} />
      <Facts.Device profile={profile} />
      <Facts.Address profile={profile} />
      <Facts.Network profile={profile} />
    </dl>
  );
}

export function FactsSkeleton() {
  return (
    <div className="facts-skeleton" aria-hidden="true">
      {[160, 120, 200, 140].map((width) => (
        <span key={width} className="skeleton" style={{ inlineSize: width }} />
      ))}
    </div>
  );
}
