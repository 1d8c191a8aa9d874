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
    label: 'Welche Besuche',
    visitors: 'Besucher',
    visitorsHint: 'Gerade online, oder gegangen und vor weniger als 30 Minuten noch aktiv',
    leftOut: 'Nicht gezählt',
    leftOutHint: 'Bots, ferngesteuerte Browser und das eigene Team: nie gezählt, hier mit dem Grund',
  },

  row: {
    returning: (visits) => `Wiederkehrend: ${number(visits)}. Besuch`,
    returningBefore: 'wiederkehrend, Besuch ',
    justNow: 'jetzt',
    minutes: (n) => `${n} min`,
    hours: (hours, minutes) => `${hours} h ${String(minutes).padStart(2, '0')}`,
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
    appearHere: 'Besucher erscheinen hier in dem Moment, in dem sie kommen. Neu laden ist nicht nötig.',
    leftOutSeen: (n, reason) =>
      `Die Zeile wirkt: ${plural(n, { one: 'ein Besuch wurde gesehen', other: `${number(n)} Besuche wurden gesehen` })} und nicht gezählt${reason === '' ? '' : ` (${reason})`}.`,
    leftOutShow: 'Zeigen, was nicht gezählt wurde',
  },

  filter: {
    label: 'Besucher filtern',
    placeholder: 'Name, Ort, Seite, Herkunft',
    remove: (term) => `${term} entfernen`,
    clear: 'Filter leeren',
    counting: ', zählt noch…',
    found: (n) => `${n} gefunden`,
    ofAll: (n, all) => `${n} von ${all}`,
    suggestions: 'Vorschläge',
    fields: {
      country: 'Land oder Kürzel',
      region: 'Region oder Bundesland',
      city: 'Stadt',
      page: 'Titel oder Pfad: page:/preise',
      title: 'Titel der Seite',
      url: 'Adresse der Seite',
      referrer: 'Woher jemand kam',
      lang: 'Sprache des Browsers',
      browser: 'Browser',
      os: 'Betriebssystem',
      device: 'Art des Geräts',
      status: 'Stand des Chats',
      site: 'Site',
      campaign: 'Kampagne (utm)',
      context: 'Was die Seite ist',
      goal: 'Erreichtes Ziel: goal:checkout',
      is: 'online, left, new, returning…',
      name: 'Name',
      visitor: 'Besucher-ID oder Nummer',
      ip: 'IP-Adresse, wie maskiert',
    },
    hint: 'Alle Wörter müssen vorkommen. Anführungszeichen halten sie zusammen, - schließt aus, a,b heißt eins von beiden.',
    is: {
      online: 'Gerade online',
      left: 'Gegangen, noch in der Liste',
      browsing: 'Online, ohne Chat',
      chatting: 'Im Chat',
      new: 'Erster Besuch',
      returning: 'War schon einmal da',
      identified: 'Mit Namen',
      reconnecting: 'Gerade nicht zu hören',
      approximate: 'Ort nur aus der Zeitzone',
    },
  },

  savedButton: 'Gespeicherte Filter',

  panel: {
    all: 'Alle Besucher',
    back: 'Zurück',
  },

  leftOut: {
    title: 'In den letzten 24 Stunden nicht gezählt',
    text: 'Bots, ferngesteuerte Browser, das eigene Team und ausgenommene Adressen. Sie stehen in keiner Zahl und nicht auf der Karte.',
    since: (time) => `Seit ${time}`,
    byRule: 'Nach Regel',
    all: 'Alle Regeln',
    visits: 'Besuche',
    none: 'In den letzten 24 Stunden wurde niemand ausgenommen.',
    more: 'Mehr zeigen',
    loading: 'Lädt…',
    when: 'Beginn',
    page: 'Letzte Seite',
    reason: 'Grund',
    place: 'Ort',
    browser: 'Browser',
    address: 'IP-Adresse',
    pages: 'Seiten',
    running: 'läuft',
  },
};
