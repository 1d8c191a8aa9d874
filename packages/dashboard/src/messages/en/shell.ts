import { plurals } from '../plural.ts';

const plural = plurals('en');

/** The frame around every screen: navigation, top bar, connection, pages that are not there. */
export const shell = {
  brand: 'Foyer',
  /** Title of the browser's tab. */
  pageTitle: (page: string, workspace: string) => `${page} · ${workspace} · Foyer`,
  plainTitle: (page: string) => `${page} · Foyer`,
  skip: 'Skip to content',
  main: 'Main',
  mainPhone: 'Main, phone',
  visitors: 'Visitors',
  monitor: 'Visitor Monitor',
  /** Below an icon, with little room. */
  monitorShort: 'Monitor',
  inbox: 'Inbox',
  /** Of the agent, as visitors and colleagues see it. */
  availability: 'Availability',
  availabilities: { online: 'Available', away: 'Away', offline: 'Offline' },
  unreadChats: (n: number) => plural(n, { one: '1 conversation with something new', other: `${n} conversations with something new` }),
  analytics: 'Analytics',
  playground: 'Playground',
  more: 'More',
  settings: 'Settings',
  shortcuts: 'Keyboard shortcuts',
  search: 'Search or jump to',
  allSites: 'All sites',
  siteIs: (site: string) => `Site: ${site}`,
  notInPlan: 'Visitor tracking is not part of your plan',
  notInPlanText: (workspace: string) =>
    `The plan of ${workspace} comes without visitor tracking, so nothing about visitors is collected. Whoever runs this Foyer can change the plan.`,
  linkCopied: 'Link copied.',
  linkNotCopied: 'This browser does not let the page copy. The link is in the address bar.',

  userMenu: (name: string) => `${name}: theme, language, sign out`,
  theme: 'Theme',
  language: 'Language',
  signOut: 'Sign out',

  online: (names: string) => `Online now: ${names}`,
  colleagues: 'Colleagues online',
  moreColleagues: (n: number) => `+${n}`,
  looksAt: (visitors: string) => `looks at ${visitors}`,
  looksElsewhere: 'has Foyer open',

  connection: {
    lost: 'Connection lost.',
    offline: 'You are offline.',
    knownAt: (time: string) => `You see what was known at ${time}.`,
    neverKnown: 'Foyer cannot be reached yet.',
    nextTry: (seconds: number) => plural(seconds, { one: 'Next try in 1 second', other: `Next try in ${seconds} seconds` }),
    trying: 'Trying now…',
    whenBack: 'It goes on by itself when the network is back',
    retry: 'Retry now',
  },

  loading: 'Loading',
  nothingHere: 'There is nothing here',
  nothingHereText: 'The address may be old, or mistyped.',
  toVisitors: 'Go to Visitors',
  broken: 'This page did not load',
  tryAgain: 'Try again',
  notLoaded: 'This could not be loaded. It comes by itself once Foyer can be reached.',
  undo: 'Undo',
  dismiss: 'Dismiss',
  close: 'Close',
  seen: 'How Foyer sees me',
  snippet: 'Snippet',
  html: 'HTML',
  copy: 'Copy',
  copied: 'Copied',
  /** What stands on keys. */
  caps: { escape: 'Esc', palette: 'Ctrl K', paletteMac: '⌘K' },
} as const;
