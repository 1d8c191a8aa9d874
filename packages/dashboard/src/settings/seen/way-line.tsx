import type { Seen } from '@foyer/protocol';
import { t } from '../../messages/catalogue.ts';
import { Icon, type IconName, Mark } from '../../ui/icons.tsx';
import { type Hop, wayOf } from './way.ts';

const LOOKS = {
  you: { status: 'active', icon: 'laptop' },
  claimed: { status: 'inactive', icon: 'laptop' },
  trusted: { status: 'active', icon: 'server' },
  perhaps: { status: 'active', icon: 'cloud' },
  suspect: { status: 'unassigned', icon: 'server' },
  server: { status: 'active', icon: 'server' },
} as const satisfies Record<Hop['kind'], { status: string; icon: IconName }>;

/** The hops from this browser to Foyer, with which of them are believed. */
export function WayLine({ address }: { readonly address: Seen['address'] }) {
  return (
    <ol className="card hops" data-testid="seen-way">
      {wayOf(address).map((hop, i) => {
        const { word, note } = wordsOf(hop);
        return (
          <li key={i} className="hop" data-hop={hop.kind}>
            <span className="tracking-mark" data-status={LOOKS[hop.kind].status}>
              {hop.kind === 'server' ? <Mark /> : <Icon name={LOOKS[hop.kind].icon} size="lg" />}
            </span>
            <b>{word}</b>
            {hop.kind !== 'server' && <span className="hint mono">{hop.ip || t.seen.unknownHop}</span>}
            <span className="hint">{note}</span>
          </li>
        );
      })}
    </ol>
  );
}

function wordsOf(hop: Hop): { readonly word: string; readonly note: string } {
  switch (hop.kind) {
    case 'you':
      return { word: t.seen.you, note: '' };
    case 'claimed':
      return { word: t.seen.claimed, note: t.seen.notBelieved };
    case 'trusted':
      return { word: t.seen.proxy, note: t.seen.trusted };
    case 'perhaps':
      return { word: t.seen.perhaps, note: t.seen.takenForYou };
    case 'suspect':
      return { word: t.seen.proxy, note: t.seen.notTrusted };
    case 'server':
      return { word: t.seen.server, note: t.seen.thisServer };
  }
}
