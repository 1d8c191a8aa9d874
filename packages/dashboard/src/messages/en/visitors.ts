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
    label: 'Which list',
    visitors: 'Visitors',
    visitorsHint: 'Online now, or left within 30 minutes of their last activity',
    conversations: 'Conversations',
    conversationsHint: 'Chats without a visit on the map: from another channel, or the visitor is not here now',
    leftOut: 'Left out',
    leftOutHint: 'Bots, automated browsers and your own team: never counted, listed here with the reason',
  },

  row: {
    returning: (visits: number) => `Returning: visit ${number(visits)}`,
    returningBefore: 'returning, visit ',
    justNow: 'now',
    minutes: (n: number) => `${n}m`,
    hours: (hours: number, minutes: number) => `${hours}h ${String(minutes).padStart(2, '0')}m`,
    reached: (goals: string) => `Reached: ${goals}`,
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
    appearHere: 'Visitors appear here the moment they arrive. Nothing to reload.',
  },

  filter: {
    label: 'Filter visitors',
    placeholder: 'Name, place, page, referrer',
    remove: (term: string) => `Remove ${term}`,
    clear: 'Clear the filter',
    counting: ', counting…',
    found: (n: string) => `${n} found`,
    ofAll: (n: string, all: string) => `${n} of ${all}`,
  },

  savedButton: 'Saved filters',

  panel: {
    all: 'All visitors',
    back: 'Back',
  },
} as const;
