import type { Messages } from '../messages.ts';
import { plurals } from '../plural.ts';

const plural = plurals('de');

export const shell: Messages['shell'] = {
  brand: 'Foyer',
  pageTitle: (page, workspace) => `${page} · ${workspace} · Foyer`,
  plainTitle: (page) => `${page} · Foyer`,
  skip: 'Zum Inhalt springen',
  main: 'Hauptnavigation',
  mainPhone: 'Hauptnavigation, Handy',
  visitors: 'Besucher',
  monitor: 'Besucher-Monitor',
  monitorShort: 'Monitor',
  settings: 'Einstellungen',
  shortcuts: 'Tastenkürzel',
  search: 'Suchen oder springen',
  allSites: 'Alle Sites',
  siteIs: (site) => `Site: ${site}`,
  notInPlan: 'Besucher-Tracking gehört nicht zu diesem Tarif',
  notInPlanText: (workspace) =>
    `Im Tarif von ${workspace} ist kein Besucher-Tracking enthalten, über Besucher wird also nichts erhoben. Wer dieses Foyer betreibt, kann den Tarif ändern.`,
  linkCopied: 'Link kopiert.',
  linkNotCopied: 'Dieser Browser lässt die Seite nicht kopieren. Der Link steht in der Adresszeile.',

  userMenu: (name) => `${name}: Farbschema, Sprache, Abmelden`,
  theme: 'Farbschema',
  language: 'Sprache',
  signOut: 'Abmelden',

  online: (names) => `Gerade online: ${names}`,
  colleagues: 'Wer aus dem Team online ist',
  moreColleagues: (n) => `+${n}`,
  looksAt: (visitors) => `sieht sich ${visitors} an`,
  looksElsewhere: 'hat Foyer offen',

  connection: {
    lost: 'Verbindung verloren.',
    offline: 'Keine Netzverbindung.',
    knownAt: (time) => `Zu sehen ist der Stand von ${time}.`,
    neverKnown: 'Foyer ist noch nicht erreichbar.',
    nextTry: (seconds) => plural(seconds, { one: 'Nächster Versuch in 1 Sekunde', other: `Nächster Versuch in ${seconds} Sekunden` }),
    trying: 'Neuer Versuch läuft …',
    whenBack: 'Es geht von selbst weiter, sobald das Netz wieder da ist',
    retry: 'Jetzt versuchen',
  },

  loading: 'Lädt',
  nothingHere: 'Hier ist nichts',
  nothingHereText: 'Die Adresse ist vielleicht veraltet oder vertippt.',
  toVisitors: 'Zu den Besuchern',
  broken: 'Diese Seite ließ sich nicht laden',
  tryAgain: 'Noch einmal versuchen',
  notLoaded: 'Das ließ sich nicht laden. Es erscheint von selbst, sobald Foyer wieder erreichbar ist.',
  undo: 'Rückgängig',
  dismiss: 'Schließen',
  close: 'Schließen',
  seen: 'Wie Foyer mich sieht',
  snippet: 'Snippet',
  html: 'HTML',
  copy: 'Kopieren',
  copied: 'Kopiert',
  caps: { escape: 'Esc', palette: 'Strg K', paletteMac: '⌘K' },
};
