import { t } from '../messages/catalogue.ts';

/** What people type into the lists of settings. The server has the last word; this says early what is wrong. */
type Parsed = { readonly ok: true; readonly value: string } | { readonly ok: false; readonly problem: string };
const bad = (problem: string): Parsed => ({ ok: false, problem });

/** One address or a CIDR range, IPv4 or IPv6. */
export function parseAddress(text: string): Parsed {
  const [address = '', bits, ...rest] = text.split('/');
  const isV4 = /^(\d{1,3}\.){3}\d{1,3}$/.test(address) && address.split('.').every((part) => Number(part) <= 255);
  const isV6 = address.includes(':') && /^[\da-f:.]+$/i.test(address) && URL.canParse(`http://[${address}]/`);
  if ((!isV4 && !isV6) || rest.length > 0) return bad(t.settings.chips.badAddress);
  if (bits !== undefined && !(/^\d{1,3}$/.test(bits) && Number(bits) <= (isV4 ? 32 : 128)))
    return bad(t.settings.chips.badBits(isV4 ? 32 : 128));
  return { ok: true, value: text.toLowerCase() };
}

/** `https://shop.example.com`, whatever page of it was pasted. */
export function parseOrigin(text: string): Parsed {
  const address = /^https?:\/\//i.test(text) ? text : `https://${text}`;
  if (text === '' || !URL.canParse(address)) return bad(t.settings.chips.badOrigin);
  return { ok: true, value: new URL(address).origin };
}

export function parseParameter(text: string): Parsed {
  const name = text.replace(/^[?&]/, '').replace(/=.*$/, '');
  return /^[\w.-]{1,40}$/.test(name) ? { ok: true, value: name } : bad(t.settings.chips.badParam);
}
