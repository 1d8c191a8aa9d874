import type { Contact } from '@foyer/protocol';
import { subjectOf } from '../../team/site-identities.ts';

interface Identify {
  readonly id?: string | undefined;
  readonly hash?: string | undefined;
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly data?: Readonly<Record<string, string | number | boolean | null>> | undefined;
}
export interface Identified {
  /** To be shown. */
  readonly name: string;
  /** JSON, to be kept. */
  readonly identity: string;
  /** By whom the site has proved that this is (VI2); '' when it is only told. */
  readonly subject: string;
  readonly contact: Contact;
}

/** Who the page says that somebody is. `proves`: whether a hash is the site's word for a text; asked only when there is one. */
export function identityOf(frame: Identify, site: string, proves: (text: string, hash: string) => boolean): Identified {
  const { id = '', email = '', hash = '' } = frame;
  const name = (frame.name ?? frame.email ?? frame.id ?? '').trim();
  const isProved = hash !== '' && proves(id || email, hash);
  return isProved
    ? { ...told({ name, id, email, data: frame.data, verified: true }), subject: subjectOf(site, id === '' ? 'email' : 'id', id || email) }
    : { ...told({ name, id, email, data: frame.data, verified: false }), subject: '' };
}

/** The same, as told by the page. */
export function unproved(said: Identified): Identified {
  const identity = JSON.stringify({ ...(JSON.parse(said.identity) as object), verified: false });
  return { ...said, identity, subject: '', contact: { ...said.contact, verified: false } };
}

function told(who: { name: string; id: string; email: string; data: Identify['data']; verified: boolean }): Omit<Identified, 'subject'> {
  const { name, id, email, verified, data = {} } = who;
  return { name, identity: JSON.stringify({ id, email, verified, data }), contact: { name, email, verified } };
}
