import { plurals } from '../plural.ts';

const plural = plurals('en');

/** The live map of the Visitors page. */
export const map = {
  label: 'World map of visitors. The list shows the same visitors and works with the keyboard.',
  canvas: 'World map. Arrow keys move it, plus and minus zoom.',
  live: 'Live visitors',
  chats: 'Active chats now',
  of: (n: string) => `of ${n}`,
  liveInfo: 'What is counted',
  liveCounts:
    'Visits with a tab connected right now, whether they chat or browse. A visit that left stays on the list and on the map for up to 30 minutes, but is not counted here.',
  chatsCounts:
    'Conversations that are unassigned, assigned to somebody, or with the AI; “elsewhere” are those of nobody on the list: by API or WhatsApp, or somebody who left. An open chat window in which nothing was sent yet is not counted.',
  elsewhere: (n: string) => `${n} elsewhere`,
  filterCounts: 'The first number is what the filter lets through, the second is everybody.',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  globe: 'Show as a globe',
  flat: 'Show as a flat map',
  fit: 'Show the whole world',
  fitFound: 'Show all who match, or the whole world',
  unknown: 'Unknown location',
  unknownCount: (n: number, count: string) =>
    plural(n, { one: `${count} visitor whose location is unknown`, other: `${count} visitors whose location is unknown` }),
  legend: 'Pin colours',
  close: 'Close',
  onePin: 'One visitor',
  approximate: 'Only the country is known',
  dashed: 'Dashed ring: only the country is known',
  both: (a: string, b: string) => `${a}, ${b}`,
  visitors: (n: number, count: string) => plural(n, { one: `${count} visitor`, other: `${count} visitors` }),
  inRegion: (visitors: string, cities: string) => `${visitors} in ${cities}`,
  cities: (n: number) => plural(n, { one: `${n} city`, other: `${n} cities` }),
  popup: (place: string) => `Visitors in ${place}`,
  more: (name: string) => `More about ${name}`,
  popupEmpty: 'Nobody is here any more.',
  openPlace: (n: number, count: string) => plural(n, { one: 'Open as a list', other: `Open all ${count} as a list` }),
  top: 'Places with the most visitors',
  noWebgl: 'No map in this browser',
  noWebglWhy: 'The map needs WebGL 2, which is switched off or missing here. The list has every visitor all the same.',
  failed: 'The map could not be loaded',
  failedWhy: 'The list has every visitor all the same.',
  lost: 'The map lost its graphics card',
  lostWhy: 'It comes back by itself. The list has every visitor meanwhile.',
  again: 'Try again',
  data: 'Map data: Natural Earth, GeoNames',
} as const;
