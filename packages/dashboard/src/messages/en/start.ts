import { number } from '../format.ts';
import { plurals } from '../plural.ts';

const plural = plurals('en');

/** Before there are visitors: tracking is off, the snippet is not on the site, or nobody came who counts. */
export const start = {
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
  leftOutSeen: (n: number, reason: string) =>
    `The snippet works: ${plural(n, { one: 'one visit was', other: `${number(n)} visits were` })} seen and left out of the counts${reason === '' ? '' : ` (${reason})`}.`,
  leftOutShow: 'Show what was left out',
} as const;
