import { number } from '../format.ts';
import type { Messages } from '../messages.ts';
import { plurals } from '../plural.ts';

const plural = plurals('de');
const countOf = (n: number): string => `${number(n)} Besucher`;

export const visitors: Messages['visitors'] = {
  listLabel: 'Besucherliste',
  visits: 'Besuche in der Liste, neueste zuerst',
  visitsLeftOut: 'Nicht gezählte Besuche, neueste zuerst',
  visitsInPlace: 'Besuche von diesem Ort, neueste zuerst',
  newVisitors: (n) => `${number(n)} neu`,
  newAnnounced: (n) => plural(n, { one: 'Oben ist 1 Besucher dazugekommen', other: `Oben sind ${countOf(n)} dazugekommen` }),
  resize: 'Breite der Liste',
  resizeHint: 'Ziehen ändert die Breite, Doppelklick stellt die übliche wieder her',
  mapLoading: 'Die Karte wird geladen',
  mapFailed: 'Die Karte ließ sich nicht laden. Die Liste läuft ohne sie weiter.',
  tryAgain: 'Noch einmal versuchen',

  sheet: {
    peek: 'Liste: klein. Vergrößern',
    half: 'Liste: halb. Vergrößern',
    full: 'Liste: ganz. Verkleinern',
  },

  tabs: {
    label: 'Welche Liste',
    visitors: 'Besucher',
    visitorsHint: 'Gerade online, oder gegangen und vor weniger als 30 Minuten noch aktiv',
    conversations: 'Gespräche',
    conversationsHint: 'Chats ohne Besuch auf der Karte: aus einem anderen Kanal, oder der Besucher ist gerade nicht da',
    leftOut: 'Nicht gezählt',
    leftOutHint: 'Bots, ferngesteuerte Browser und das eigene Team: nie gezählt, hier mit dem Grund',
  },

  row: {
    returning: (visits) => `Wiederkehrend: ${number(visits)}. Besuch`,
    returningBefore: 'wiederkehrend, Besuch ',
    justNow: 'jetzt',
    minutes: (n) => `${n} min`,
    hours: (hours, minutes) => `${hours} h ${String(minutes).padStart(2, '0')}`,
    reached: (goals) => `Erreicht: ${goals}`,
    reconnecting: 'Verbindet neu',
    isLooking: (name) => `${name} schaut gerade`,
    areLooking: (name, more) => `${name} und ${number(more)} weitere`,
    waiting: 'wartet seit',
  },

  place: {
    unknown: 'Ort unbekannt',
    visitors: countOf,
    matching: (n) => `${number(n)} Treffer`,
  },

  empty: {
    nobody: 'Gerade niemand da',
    nobodyText: 'Besucher erscheinen in dem Moment, in dem sie kommen. Neu laden ist nicht nötig.',
    noMatch: 'Kein Treffer',
    noMatchText: 'Auf niemanden in der Liste passt dieser Filter gerade. Wer passt, erscheint hier.',
    clear: 'Filter leeren',
    noneLeftOut: 'Niemand ausgenommen',
    noneLeftOutText: 'Bots, ferngesteuerte Browser und das eigene Team stünden hier, mit dem Grund.',
    emptyPlace: 'Von hier ist niemand mehr da',
    emptyPlaceText: 'Wer als Nächstes kommt, erscheint hier.',
    appearHere: 'Besucher erscheinen hier in dem Moment, in dem sie kommen. Neu laden ist nicht nötig.',
  },

  filter: {
    label: 'Besucher filtern',
    placeholder: 'Name, Ort, Seite, Herkunft',
    remove: (term) => `${term} entfernen`,
    clear: 'Filter leeren',
    counting: ', zählt noch…',
    found: (n) => `${n} gefunden`,
    ofAll: (n, all) => `${n} von ${all}`,
  },

  savedButton: 'Gespeicherte Filter',

  panel: {
    all: 'Alle Besucher',
    back: 'Zurück',
  },
};
