import type { Settings } from '@foyer/protocol';
import { isTabSecret, newTabSecret } from '../../chat/visitor-secrets.ts';
import { collectOf } from './assess.ts';
import type { Identities } from './identities.ts';
import type { Handshake } from './tab-session.ts';

export interface ChatClaim {
  readonly site: string;
  readonly shake: Pick<Handshake, 'secGpc' | 'dnt'>;
  readonly settings: Pick<Settings, 'tracking' | 'signals' | 'cookieless'>;
  /** As the tab says them. */
  readonly secret: string | undefined;
  readonly signal: boolean;
  /** Of its visit; '' when it is not tracked. */
  readonly visitor: string;
  /** The secret under which this tab was written to, or was given before; ''. */
  readonly offered: string;
}
export interface Recognised {
  /** 'tab': nothing of it goes into a storage. */
  readonly keep: 'cookie' | 'tab';
  readonly visitor: string;
  /** In use from now on. */
  readonly secret: string;
  readonly isNew: boolean;
}

/**
 * Who a tab in chat is.
 *
 * Where storing is allowed, a stored secret is the visitor's, as presence knows them. Without tracking only who was known before is known:
 * nothing is put into a browser. And a tracked visitor has a secret already. In every other case the tab has one of its own.
 */
export function recognise(claim: ChatClaim, identities: Pick<Identities, 'newSecret' | 'visitorOf' | 'tabVisitorOf'>): Recognised {
  const { site, shake, settings, secret, signal, visitor, offered } = claim;
  const mayStore = collectOf(shake, { signal }, { ...settings, tracking: true }) === 'all';
  const isStored = secret !== undefined && !isTabSecret(secret);
  const mayBegin = settings.tracking && secret === undefined && !isTabSecret(offered) && visitor === '';
  if (mayStore && (isStored || mayBegin)) {
    const own = isStored ? secret : offered || identities.newSecret();
    return { keep: 'cookie', visitor: identities.visitorOf(site, own), secret: own, isNew: own !== secret };
  }
  const own = [secret, offered].find((one) => one !== undefined && isTabSecret(one)) ?? newTabSecret();
  return { keep: 'tab', visitor: identities.tabVisitorOf(site, own), secret: own, isNew: own !== secret };
}
