import { number } from '../format.ts';
import type { Messages } from '../messages.ts';
import { plurals } from '../plural.ts';

const plural = plurals('de');

export const start: Messages['start'] = {
  off: 'Die Besucheranzeige ist aus',
  offText:
    'Solange sie aus ist, wird nichts über Besucher erfasst. Nach dem Einschalten erscheint hier, wer gerade auf den Sites ist, ohne dass dort jemand neu lädt.',
  offAsk: (names) => `Solange sie aus ist, wird nichts über Besucher erfasst. Einschalten kann sie ${names}.`,
  offWhere: 'Zu finden unter Einstellungen, Besucher.',
  openSettings: 'Einstellungen, Besucher öffnen',
  waiting: 'Warten auf den ersten Besucher',
  waitingPaste: (tag) => `Diese Zeile gehört auf jeder Seite der Site vor ${tag}.`,
  waitingAsk: (names) => `Auf der Site fehlt noch die Zeile für Foyer. ${names} findet sie unter Einstellungen, Installieren.`,
  listening: (domain) => `Wartet auf ${domain}`,
  needHelp: 'Hilfe?',
  leftOutSeen: (n, reason) =>
    `Die Zeile wirkt: ${plural(n, { one: 'ein Besuch wurde gesehen', other: `${number(n)} Besuche wurden gesehen` })} und nicht gezählt${reason === '' ? '' : ` (${reason})`}.`,
  leftOutShow: 'Zeigen, was nicht gezählt wurde',
};
