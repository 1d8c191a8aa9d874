import { number } from '../format.ts';
import { plurals } from '../plural.ts';

const plural = plurals('en');
const countOf = (n: number): string => plural(n, { one: '1 visitor', other: `${number(n)} visitors` });

/** The Visitors page: map, sidebar, one visitor, filters, what was left out. */
export const visitors = {
  listLabel: 'List of visitors',
  visits: 'Listed visits, newest first',
  visitsLeftOut: 'Visits left out of the counts, newest first',
  visitsInPlace: 'Visits from this place, newest first',
  newVisitors: (n: number) => `${number(n)} new`,
  newAnnounced: (n: number) => `${countOf(n)} arrived above`,
  resize: 'Width of the list',
  resizeHint: 'Drag to resize, double click for the usual width',
  mapLoading: 'The map is loading',
  mapFailed: 'The map could not be loaded. The list goes on without it.',
  tryAgain: 'Try again',

  sheet: {
    peek: 'List: small. Enlarge',
    half: 'List: half. Enlarge',
    full: 'List: whole. Shrink',
  },

  tabs: {
    label: 'Which visits',
    visitors: 'Visitors',
    visitorsHint: 'Online now, or left within 30 minutes of their last activity',
    leftOut: 'Left out',
    leftOutHint: 'Bots, automated browsers and your own team: never counted, listed here with the reason',
  },

  row: {
    returning: (visits: number) => `Returning: visit ${number(visits)}`,
    returningBefore: 'returning, visit ',
    justNow: 'now',
    minutes: (n: number) => `${n}m`,
    hours: (hours: number, minutes: number) => `${hours}h ${String(minutes).padStart(2, '0')}m`,
    reconnecting: 'Reconnecting',
    isLooking: (name: string) => `${name} is looking`,
    areLooking: (name: string, more: number) => `${name} and ${number(more)} more`,
    waiting: 'waiting',
  },

  place: {
    unknown: 'Unknown location',
    visitors: countOf,
    matching: (n: number) => plural(n, { one: '1 match', other: `${number(n)} matches` }),
  },

  empty: {
    nobody: 'Nobody here right now',
    nobodyText: 'Visitors appear the moment they arrive. Nothing to reload.',
    noMatch: 'Nobody matches',
    noMatchText: 'Nobody on the list fits this filter right now. Whoever does will appear here.',
    clear: 'Clear the filter',
    noneLeftOut: 'Nobody left out',
    noneLeftOutText: 'Bots, automated browsers and your own team would be listed here, with the reason.',
    emptyPlace: 'Everybody from here has gone',
    emptyPlaceText: 'Whoever comes next appears here.',
    off: 'Visitor tracking is off',
    offText:
      'Nothing about visitors is collected while it is off. Turn it on and everybody who is on your sites appears here, without a reload on their side.',
    offAsk: (names: string) => `Nothing about visitors is collected while it is off. Ask ${names} to turn it on.`,
    offWhere: 'They find it under Settings, Visitors.',
    openSettings: 'Open Settings, Visitors',
    waiting: 'Waiting for the first visitor',
    waitingPaste: (tag: string) => `Paste this before ${tag} on every page of your site.`,
    waitingAsk: (names: string) => `The snippet is not on the site yet. ${names} finds it under Settings, Install.`,
    listening: (domain: string) => `Listening on ${domain}`,
    needHelp: 'Need help?',
    appearHere: 'Visitors appear here the moment they arrive. Nothing to reload.',
    leftOutSeen: (n: number, reason: string) =>
      `The snippet works: ${plural(n, { one: 'one visit was', other: `${number(n)} visits were` })} seen and left out of the counts${reason === '' ? '' : ` (${reason})`}.`,
    leftOutShow: 'Show what was left out',
  },

  filter: {
    label: 'Filter visitors',
    placeholder: 'Name, place, page, referrer',
    remove: (term: string) => `Remove ${term}`,
    clear: 'Clear the filter',
    counting: ', counting…',
    found: (n: string) => `${n} found`,
    ofAll: (n: string, all: string) => `${n} of ${all}`,
    suggestions: 'Suggestions',
    fields: {
      country: 'Country or its code',
      region: 'Region or state',
      city: 'City',
      page: 'Title or path: page:/pricing',
      title: 'Title of the page',
      url: 'Address of the page',
      referrer: 'Where they came from',
      lang: 'Browser language',
      browser: 'Browser',
      os: 'Operating system',
      device: 'Kind of device',
      status: 'Chat status',
      site: 'Site',
      campaign: 'Campaign (utm)',
      context: 'What the page is',
      goal: 'Goal reached: goal:checkout',
      is: 'online, left, new, returning…',
      name: 'Name',
      visitor: 'Visitor id or number',
      ip: 'IP address, as masked',
    },
    hint: 'Words must all be found. Quotes keep them together, - excludes, a,b means either.',
    is: {
      online: 'Online now',
      left: 'Left, still listed',
      browsing: 'Online, not chatting',
      chatting: 'Chatting',
      new: 'First visit',
      returning: 'Was here before',
      identified: 'With a name',
      reconnecting: 'Not heard of for a moment',
      approximate: 'Place by time zone only',
    },
  },

  savedButton: 'Saved filters',

  panel: {
    all: 'All visitors',
    back: 'Back',
  },

  leftOut: {
    title: 'Left out in the last 24 hours',
    text: 'Bots, automated browsers, your own team and addresses you listed. They are in no count and not on the map.',
    since: (time: string) => `Since ${time}`,
    byRule: 'By rule',
    all: 'All rules',
    visits: 'Visits',
    none: 'Nobody was left out in the last 24 hours.',
    more: 'Show more',
    loading: 'Loading…',
    when: 'Began',
    page: 'Last page',
    reason: 'Reason',
    place: 'Place',
    browser: 'Browser',
    address: 'IP address',
    pages: 'Pages',
    running: 'running',
  },
} as const;
