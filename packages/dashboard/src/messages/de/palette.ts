import type { Messages } from '../messages.ts';
import { plurals } from '../plural.ts';

const plural = plurals('de');

export const palette: Messages['palette'] = {
  label: 'Suchen oder springen',
  placeholder: 'Seite, Einstellung, Besucher, Filter …',
  results: 'Ergebnisse',
  groups: {
    recent: 'Zuletzt',
    pages: 'Gehe zu',
    sites: 'Sites',
    settings: 'Einstellungen',
    filters: 'Gespeicherte Filter',
    themes: 'Farbschema',
    languages: 'Sprache',
    actions: 'Aktionen',
    visitors: 'Besucher jetzt',
  },
  goTo: 'gehe zu Seite öffnen',
  site: 'Site wechseln Website',
  filter: 'Filter gespeicherte Suche',
  more: {
    general: 'Arbeitsbereich Name Zeitzone',
    team: 'Mitglieder einladen Rollen Leute Kollegen',
    visitors: 'Tracking Datenschutz IP-Adressen Cookies aufbewahren',
    install: 'Snippet Code Skript einbauen Sites Domain',
    seen: 'IP Proxy Ort Browser Bot Fehlersuche',
  },
  copyLinkMore: 'teilen Adresse URL',
  help: 'Tastatur Hilfe Tasten',
  signOutMore: 'ausloggen abmelden verlassen',
  copyLink: 'Link zu dieser Seite kopieren',
  runFilter: (filter) => `Besucher filtern: ${filter}`,
  nothing: 'Nichts gefunden. Möglich sind Seiten, Einstellungen, Name oder Nummer eines Besuchers, oder ein Filter wie country:de.',
  found: (n) => plural(n, { one: '1 Ergebnis', other: `${n} Ergebnisse` }),
  matches: (n, shown) => plural(n, { one: `${shown} Besucher`, other: `${shown} Besucher` }),
  move: 'bewegen',
  choose: 'wählen',
  leave: 'schließen',
  now: 'Gilt gerade',
};
