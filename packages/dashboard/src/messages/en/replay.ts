import { plurals } from '../plural.ts';

const plural = plurals('en');

/** The last day, played on the map. */
export const replay = {
  title: 'Replay the day',
  bar: 'Replay of the day',
  play: 'Play',
  pause: 'Pause',
  speed: 'Speed',
  times: (n: string) => `${n}×`,
  takes: (time: string) => `The day in ${time}`,
  minutes: (n: number) => `${n} min`,
  seconds: (n: number) => `${n} s`,
  back: 'Back to now',
  slider: 'Moment of the day',
  at: (day: string, clock: string, visitors: string) => `${day}, ${clock}: ${visitors}`,
  then: 'Visitors then',
  now: 'Live now',
  thenInfo: 'What is counted',
  thenCounts:
    'Visits that were there at this moment, each from its arrival until it left. They are all green: whether somebody was idle or chatting then is not kept.',
  zone: (zone: string) => `Clock of ${zone}`,
  there: (n: number, count: string) => plural(n, { one: `${count} visitor was there`, other: `${count} visitors were there` }),
  nobody: 'Nobody was there at this moment',
  list: 'Visitors who were there',
  past: 'The past, not now',
  pastText: 'Pins and list show this moment. What happens now goes on underneath.',
  filtered: 'Your filter is not applied to the past; it is there again when you go back.',
  newest: (shown: string, all: string) => `The ${shown} who came last, of ${all}`,
  since: (clock: string) => `since ${clock}`,
  pages: (n: number, count: string) => plural(n, { one: `${count} page`, other: `${count} pages` }),
  show: (name: string, place: string) => `${name}, ${place}: show on the map`,
  unknownPlace: 'Unknown location',
  reading: 'Reading the day',
  read: (n: number, count: string) => plural(n, { one: `${count} visit so far`, other: `${count} visits so far` }),
  empty: 'Nobody came in these 24 hours',
  emptyText: 'As soon as somebody visits the site, their day can be played here.',
  cut: (count: string, clock: string) =>
    `Only the first ${count} visits are played, until ${clock}. Choose one site to see all of its day.`,
  again: 'Try again',
} as const;
