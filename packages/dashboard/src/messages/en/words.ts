import { plurals } from '../plural.ts';

const plural = plurals('en');

/** What the same thing is called everywhere: statuses, times, roles, refusals. */
export const words = {
  somewhereIn: (country: string) => `Somewhere in ${country}`,
  unknown: 'Unknown',
  direct: 'Direct',
  visitor: 'Visitor',
  visitorN: (n: number) => `Visitor ${n}`,
  anAdmin: 'an Owner or Admin',
  countryUnknown: 'Country unknown',
  status: {
    unassigned: 'Unassigned',
    assigned: 'Assigned',
    ai: 'AI chat',
    chatting: 'Chatting',
    active: 'Active',
    resolved: 'Resolved',
    inactive: 'Inactive',
  },
  /** Goals that every site has; others have the names the team gave them. */
  goals: { checkout: 'Checkout', 'lead-captured': 'Lead captured' },
  contexts: { checkout: 'In Checkout', cart: 'Cart', product: 'Product', collection: 'Collection', search: 'Search' },
  roles: { owner: 'Owner', admin: 'Admin', agent: 'Agent' },
  devices: {
    desktop: 'Desktop',
    phone: 'Phone',
    tablet: 'Tablet',
    tv: 'TV',
    console: 'Game console',
    watch: 'Watch',
    other: 'Other',
  },
  themes: { dark: 'Dark', light: 'Light', auto: 'As the system' },

  /** Activity of a visit, as product terms have it. */
  now: 'Active',
  ago: (minutes: number) => `${minutes}m ago`,
  idle: (minutes: number) => `Idle ${minutes}m`,
  justLeft: 'Just left',
  /** The two largest units of a duration; `two` are two digits. */
  seconds: (seconds: number) => `${seconds}s`,
  minutesSeconds: (minutes: number, two: string) => `${minutes}m ${two}s`,
  hoursMinutes: (hours: number, two: string) => `${hours}h ${two}m`,

  /** Why a visit is in no count. */
  leftOut: {
    bot: (name: string) => `Bot: ${name}`,
    script: (name: string) => `Script: ${name}`,
    no_user_agent: 'Script: no user agent',
    headless: 'Headless browser',
    automated: 'Automated browser',
    no_language: 'Automated browser (no language)',
    own_team: 'Own team',
    address: 'Left-out address',
  },

  /** What the server, or the way there, declined, by its code. */
  failures: {
    unreachable: 'Foyer cannot be reached. Check the connection and try again.',
    failed: 'Foyer did not answer as it should. Try again in a moment.',
    page: 'Something went wrong here. Reload the page and try again.',
    signed_out: 'Sign in first.',
    not_allowed: 'Your role may not do this.',
    not_in_plan: 'The plan of this workspace does not include visitor tracking.',
    cross_site: 'This request comes from another site.',
    not_found: 'There is nothing here by that name.',
    too_big: 'That is too much at once.',
    busy: 'Too many are signing in right now. Try again in a second.',
    unavailable: 'Foyer cannot reach its store. Nothing was changed; try again in a moment.',
    fault: 'Something went wrong in Foyer. The log says what.',
    used_or_expired: 'This link has been used, is over, or was replaced by a newer one.',
    already_set_up: 'There is an account already. Sign in, or ask for an invitation.',
    bad_credentials: 'E-mail or password is wrong.',
    too_many_tries: 'Too many tries. Wait a moment.',
    too_many: 'There are as many as there can be. Delete one first.',
    too_fast: 'That was too much at once. Try again in a moment.',
    file_type: 'Files of this type are not taken: pictures, documents, text, zip, audio and video are.',
    file_too_big: 'A file has at most 10 MB.',
    file_empty: 'The file is empty.',
    file_cut_off: 'The file did not arrive whole. Send it again.',
    files_busy: 'Too many files are on their way. Try again in a moment.',
    quota: 'Too many files came from here within the hour. Try again later.',
    storage_full: 'The server has no room for files right now. Messages still arrive.',
    mail_off: 'Mail is not set up. An owner or admin does that in Settings.',
    email_taken: 'There is an account with this e-mail.',
    last_owner: 'A workspace needs an owner. Make somebody else one first.',
    too_many_origins: 'This site has as many allowed addresses as it can have.',
    too_many_filters: 'There are as many saved filters as there can be. Delete one first.',
    bad_filter: 'This filter is not one that can be read.',
    unknown_site: 'There is no such site in this workspace.',
    too_many_views: 'Too much is open in this window. Close something and try again.',
  },
  /** What is wrong with one field, where the server's sentence is known. */
  fields: {
    host: 'A host name is needed, such as shop.example.com.',
    origin: 'An address such as https://shop.example.com is needed.',
    taken: 'There is an account with this e-mail.',
    otherEmail: 'This invitation is for another e-mail.',
    email: 'This is not an e-mail address.',
    tooLong: 'This is too long.',
    tooShort: 'This is too short.',
  },
  filterTooLong: (most: number, length: number) => `A filter can have up to ${most} characters; this one has ${length}.`,
  days: (n: number) => plural(n, { one: `${n} day`, other: `${n} days` }),
} as const;
