import { plurals } from '../plural.ts';

const plural = plurals('en');

/** The ⌘K palette, and the list of shortcuts. */
export const palette = {
  label: 'Search or jump to',
  placeholder: 'Page, setting, visitor, filter…',
  results: 'Results',
  groups: {
    conversation: 'This conversation',
    recent: 'Recent',
    pages: 'Go to',
    sites: 'Sites',
    settings: 'Settings',
    filters: 'Saved filters',
    themes: 'Theme',
    languages: 'Language',
    actions: 'Actions',
    visitors: 'Visitors now',
  },
  /** Further words by which things are found. */
  goTo: 'go to page',
  site: 'site switch',
  filter: 'filter saved search',
  more: {
    general: 'workspace name time zone',
    team: 'members invite roles people colleagues',
    visitors: 'tracking privacy ip addresses cookies retention',
    install: 'snippet code script embed sites domain',
    widget: 'look colour greeting launcher chat questions',
    contexts: 'what pages are, rules, checkout, cart, product',
    goals: 'goals, conversions, leads',
    blocks: 'ban block unblock spam abuse addresses',
    conversations: 'chat assignment capacity reopen typing preview answer goal retention',
    hours: 'opening times closed holidays schedule',
    teams: 'groups agents availability capacity load routing',
    canned: 'templates snippets saved answers shortcuts variables',
    alerts: 'sound notification push ring bell browser',
    mail: 'smtp e-mail server sender transcript test',
    seen: 'ip proxy place browser bot debug',
  },
  copyLinkMore: 'share address url',
  help: 'keyboard help keys',
  signOutMore: 'log out leave quit',
  copyLink: 'Copy link to this page',
  runFilter: (filter: string) => `Filter visitors: ${filter}`,
  nothing: 'Nothing found. Try a page, a setting, a visitor’s name or number, or a filter such as country:de.',
  found: (n: number) => plural(n, { one: '1 result', other: `${n} results` }),
  /** `shown`: the number as it is written. */
  matches: (n: number, shown: string) => plural(n, { one: `${shown} visitor`, other: `${shown} visitors` }),
  move: 'to move',
  choose: 'to choose',
  leave: 'to close',
  now: 'On now',
} as const;
