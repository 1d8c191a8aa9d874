/** What the demo's team has set up for its conversations, over REST as its owner would. */
import type { CannedReplyBody, Site, SiteIdentity, WorkingHours } from '@foyer/protocol';
import { signIn } from '../swarm/sign-in.ts';

const REPLIES: readonly Omit<CannedReplyBody, 'shared'>[] = [
  { shortcut: 'hi', text: 'Hello {visitor.first_name|there}, this is {agent.first_name} from {site.name}. How can I help?' },
  {
    shortcut: 'order',
    text: 'Thanks, {visitor.first_name|one moment}! I am looking up {data.order|your order} now. It takes a minute or two.',
  },
  {
    shortcut: 'returns',
    text: 'You can send it back within 30 days, free of charge: the label is in the parcel. The money is back 3 days after it arrives.',
  },
  { shortcut: 'shipping', text: 'To {visitor.country|your country} it takes 2 to 4 working days, and it is free from 60 €.' },
  { shortcut: 'size', text: 'Between two sizes, take the larger one: with thick socks you will want the room. Exchanging it is free.' },
  { shortcut: 'stock', text: 'It is on its way to us. Shall I write to {visitor.email|you} as soon as it is here?' },
  { shortcut: 'club', text: 'With {data.plan|the Trail Club} you get 10 % off and two months to return things.' },
  { shortcut: 'bye', text: 'You are welcome, {visitor.first_name|and thank you}! Have a great time out there. – {agent.first_name}' },
];
const DAY_MINUTES = 24 * 60;
const OPEN_FROM = 8 * 60;
const OPEN_TO = 20 * 60;

export interface DeskOptions {
  readonly address: string;
  readonly owner: { readonly email: string; readonly password: string };
  /** Of the workspace. */
  readonly timeZone: string;
  readonly now: number;
}

/**
 * Canned replies, two teams, and hours in which the shop is open when the demo is tried. Answers the identity secrets of its sites by
 * their keys: the shops' own servers sign with them who is signed in. Throws what the server said.
 */
export async function furnishDesk({ address, owner, timeZone, now }: DeskOptions): Promise<Record<string, string>> {
  const { email, password } = owner;
  const cookie = await signIn(address, { email, password });
  const ask = async (method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${address}/api/v1${path}`, {
      method,
      headers: { cookie, origin: address, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
    return response.json();
  };
  for (const reply of REPLIES) await ask('POST', '/canned-replies', { ...reply, shared: true } satisfies CannedReplyBody);
  const agents = (await ask('GET', '/chat/agents')) as { id: string; name: string }[];
  const idsOf = (...names: string[]): string[] =>
    agents.filter(({ name }) => names.some((one) => name.startsWith(one))).map(({ id }) => id);
  await ask('POST', '/chat/teams', { name: 'Orders & returns', members: idsOf('Dana', 'Mia') });
  await ask('POST', '/chat/teams', { name: 'Gear advice', members: idsOf('Dana', 'Jonas') });
  await ask('PATCH', '/chat/settings', { hours: hoursAt(now, timeZone) });
  const secrets: Record<string, string> = {};
  for (const { id, key } of (await ask('GET', '/sites')) as Site[]) {
    secrets[key] = ((await ask('GET', `/sites/${id}/identity`)) as SiteIdentity).secret;
  }
  return secrets;
}

/** From 8 to 20, on Sundays from 10. Who tries the demo at night finds a shop that is always open. */
function hoursAt(now: number, timeZone: string): NonNullable<WorkingHours> {
  const parts = new Intl.DateTimeFormat('en-GB', { weekday: 'short', hour: '2-digit', hourCycle: 'h23', timeZone }).formatToParts(now);
  const hour = Number(parts.find(({ type }) => type === 'hour')?.value);
  const isSunday = parts.find(({ type }) => type === 'weekday')?.value === 'Sun';
  // An hour to its end at least, so that nobody sees it close.
  const isOpen = hour >= (isSunday ? 10 : 8) && hour < OPEN_TO / 60 - 1;
  const day = (from: number) => [isOpen ? { from, to: OPEN_TO } : { from: 0, to: DAY_MINUTES }];
  return { days: [...Array.from({ length: 6 }, () => day(OPEN_FROM)), day(10 * 60)], closedOn: [] };
}
